package dev.alta.model.tree;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/** Trees of any depth, walked node by node. */
final class DeepTrees {
  private static final int LEAF = -1;
  private static final int DEFAULT_LEFT = 1 << 30;
  private static final int FEATURE = DEFAULT_LEFT - 1;

  // For each tree: the output it adds to, and its root among the nodes.
  private final int[] outputs;
  private final int[] roots;
  // For each node: LEAF, or the feature's index with DEFAULT_LEFT set or not.
  private final int[] test;
  // For each node: the threshold, or the leaf's value.
  private final float[] value;
  // For each node: its left child; the right one lies next to it.
  private final int[] left;

  DeepTrees(Forest forest) {
    int nodes = forest.getFeatureCount();
    this.outputs = forest.getTreeOutputList().stream().mapToInt(Integer::intValue).toArray();
    this.roots = forest.getTreeRootList().stream().mapToInt(Integer::intValue).toArray();
    this.test = new int[nodes];
    this.value = new float[nodes];
    this.left = new int[nodes];
    for (int tree = 0; tree < roots.length; tree++) {
      int end = tree + 1 < roots.length ? roots[tree + 1] : nodes;
      lay(forest, roots[tree], end - roots[tree]);
    }
  }

  /** Copies a tree level by level, so that siblings lie side by side. */
  private void lay(Forest forest, int root, int size) {
    int[] source = new int[size];
    Arrays.fill(source, LEAF);
    source[0] = root;
    int free = 1;
    for (int i = 0; i < size; i++) {
      int node = root + i;
      value[node] = forest.getValue(source[i]);
      if (forest.getFeature(source[i]) == LEAF) {
        test[node] = LEAF;
      } else {
        test[node] =
            forest.getFeature(source[i]) | (forest.getDefaultLeft(source[i]) ? DEFAULT_LEFT : 0);
        left[node] = root + free;
        source[free++] = root + forest.getLeft(source[i]);
        source[free++] = root + forest.getRight(source[i]);
      }
    }
  }

  /**
   * Adds the trees of each output to what is there, for one row.
   *
   * @param vector where the row's vector begins
   * @param start where its margins begin
   */
  void add(float[] vectors, int vector, float[] margins, int start) {
    for (int tree = 0; tree < roots.length; tree++) {
      margins[start + outputs[tree]] += value(roots[tree], vectors, vector);
    }
  }

  private float value(int root, float[] vectors, int vector) {
    int node = root;
    int asked;
    while ((asked = test[node]) != LEAF) {
      float found = vectors[vector + (asked & FEATURE)];
      boolean goesLeft = Float.isNaN(found) ? asked >= DEFAULT_LEFT : found < value[node];
      node = left[node] + (goesLeft ? 0 : 1);
    }
    return value[node];
  }
}
