package dev.alta.training.search;

import dev.alta.proto.v1.Forest;

/** Some of a forest's trees. */
final class Slices {
  private Slices() {}

  /** Trees from one index to before another; those that leave out the first start from 0. */
  static Forest of(Forest forest, int from, int to) {
    Forest.Builder slice =
        Forest.newBuilder().setOutputs(forest.getOutputs()).setLink(forest.getLink());
    for (float base : forest.getBaseList()) {
      slice.addBase(from == 0 ? base : 0);
    }
    int firstNode = forest.getTreeRoot(from);
    int endNode =
        to == forest.getTreeRootCount() ? forest.getFeatureCount() : forest.getTreeRoot(to);
    for (int tree = from; tree < to; tree++) {
      slice
          .addTreeOutput(forest.getTreeOutput(tree))
          .addTreeRoot(forest.getTreeRoot(tree) - firstNode);
    }
    return slice
        .addAllFeature(forest.getFeatureList().subList(firstNode, endNode))
        .addAllValue(forest.getValueList().subList(firstNode, endNode))
        .addAllLeft(forest.getLeftList().subList(firstNode, endNode))
        .addAllRight(forest.getRightList().subList(firstNode, endNode))
        .addAllDefaultLeft(forest.getDefaultLeftList().subList(firstNode, endNode))
        .addAllCover(forest.getCoverList().subList(firstNode, endNode))
        .build();
  }
}
