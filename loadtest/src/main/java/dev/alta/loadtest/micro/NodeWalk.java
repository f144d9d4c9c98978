package dev.alta.loadtest.micro;

import dev.alta.proto.v1.Forest;

/**
 * The plain way through a flat forest, one node after the other: what the kernel is measured by.
 */
final class NodeWalk {
  private final int[] root;
  private final int[] output;
  private final int[] feature;
  private final float[] value;
  private final int[] left;
  private final int[] right;
  private final boolean[] defaultLeft;

  NodeWalk(Forest forest) {
    int nodes = forest.getFeatureCount();
    root = forest.getTreeRootList().stream().mapToInt(Integer::intValue).toArray();
    output = forest.getTreeOutputList().stream().mapToInt(Integer::intValue).toArray();
    feature = forest.getFeatureList().stream().mapToInt(Integer::intValue).toArray();
    left = forest.getLeftList().stream().mapToInt(Integer::intValue).toArray();
    right = forest.getRightList().stream().mapToInt(Integer::intValue).toArray();
    value = new float[nodes];
    defaultLeft = new boolean[nodes];
    for (int node = 0; node < nodes; node++) {
      value[node] = forest.getValue(node);
      defaultLeft[node] = forest.getDefaultLeft(node);
    }
  }

  void margins(float[] vector, float[] margins) {
    for (int tree = 0; tree < root.length; tree++) {
      int node = root[tree];
      while (feature[node] >= 0) {
        float found = vector[feature[node]];
        boolean goesLeft = Float.isNaN(found) ? defaultLeft[node] : found < value[node];
        node = root[tree] + (goesLeft ? left[node] : right[node]);
      }
      margins[output[tree]] += value[node];
    }
  }
}
