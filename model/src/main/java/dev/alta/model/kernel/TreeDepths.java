package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;

/** How many questions the longest path of each tree asks. */
final class TreeDepths {
  private TreeDepths() {}

  /** Where the nodes of a tree end. */
  static int end(Forest forest, int tree) {
    return tree + 1 < forest.getTreeRootCount()
        ? forest.getTreeRoot(tree + 1)
        : forest.getFeatureCount();
  }

  /** How many nodes a tree has. */
  static int nodes(Forest forest, int tree) {
    return end(forest, tree) - forest.getTreeRoot(tree);
  }

  static int[] of(Forest forest) {
    int[] depths = new int[forest.getTreeRootCount()];
    // Children come after their parents.
    int[] depth = new int[forest.getFeatureCount()];
    for (int tree = 0; tree < depths.length; tree++) {
      int root = forest.getTreeRoot(tree);
      for (int node = root; node < end(forest, tree); node++) {
        depths[tree] = Math.max(depths[tree], depth[node]);
        if (forest.getFeature(node) >= 0) {
          depth[root + forest.getLeft(node)] = depth[node] + 1;
          depth[root + forest.getRight(node)] = depth[node] + 1;
        }
      }
    }
    return depths;
  }
}
