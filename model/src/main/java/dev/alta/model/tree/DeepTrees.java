package dev.alta.model.tree;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/** Trees of any depth, walked node by node. */
final class DeepTrees {
  private static final int LEAF = -1;
  private static final int DEFAULT_LEFT = 1 << 30;
  private static final int FEATURE = DEFAULT_LEFT - 1;

  // For each tree: where its value is written, and its root among the nodes.
  private final int[] slots;
  private final int[] roots;
  // For each node: LEAF, or the feature's index with DEFAULT_LEFT set or not.
  private final int[] test;
  // For each node: the threshold, or the leaf's value.
  private final float[] value;
  // For each node: its left child; the right one lies next to it.
  private final int[] left;

  /**
   * Lays out trees.
   *
   * @param trees their numbers in the forest
   */
  DeepTrees(Forest forest, int[] trees) {
    this.slots = trees.clone();
    this.roots = new int[trees.length];
    int nodes = 0;
    for (int i = 0; i < trees.length; i++) {
      roots[i] = nodes;
      nodes += size(forest, trees[i]);
    }
    this.test = new int[nodes];
    this.value = new float[nodes];
    this.left = new int[nodes];
    for (int i = 0; i < trees.length; i++) {
      lay(forest, forest.getTreeRoot(trees[i]), roots[i], size(forest, trees[i]));
    }
  }

  private static int size(Forest forest, int tree) {
    int end =
        tree + 1 < forest.getTreeRootCount()
            ? forest.getTreeRoot(tree + 1)
            : forest.getFeatureCount();
    return end - forest.getTreeRoot(tree);
  }

  /** Copies a tree level by level, so that siblings lie side by side. */
  private void lay(Forest forest, int from, int root, int size) {
    int[] source = new int[size];
    Arrays.fill(source, LEAF);
    source[0] = from;
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
        source[free++] = from + forest.getLeft(source[i]);
        source[free++] = from + forest.getRight(source[i]);
      }
    }
  }

  /** Writes the value that each tree has for a vector into its slot. */
  void values(float[] vector, float[] values) {
    for (int tree = 0; tree < slots.length; tree++) {
      values[slots[tree]] = value(roots[tree], vector);
    }
  }

  private float value(int root, float[] vector) {
    int node = root;
    int asked;
    while ((asked = test[node]) != LEAF) {
      float found = vector[asked & FEATURE];
      boolean goesLeft = Float.isNaN(found) ? asked >= DEFAULT_LEFT : found < value[node];
      node = left[node] + (goesLeft ? 0 : 1);
    }
    return value[node];
  }
}
