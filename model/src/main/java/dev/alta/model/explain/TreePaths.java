package dev.alta.model.explain;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What lies above each node of a tree. Nodes have the numbers that they have in the forest, counted
 * from the tree's root.
 */
final class TreePaths {
  private static final int NONE = -1;

  private final int[] asking;
  private final int[] leaves;
  // For each node: where it hangs, and the child above it that was come to by the feature that it
  // asks for.
  private final int[] parent;
  private final int[] above;
  // For each node: the share of its rows that go left, of all rows that come to it, and of those
  // that come to it by its parent's feature alone.
  private final double[] shareLeft;
  private final double[] reached;
  private final double[] byFeature;
  private final int mostFeatures;

  TreePaths(Forest forest, int root, int end) {
    int nodes = end - root;
    this.asking = IntStream.range(0, nodes).filter(n -> forest.getFeature(root + n) >= 0).toArray();
    this.leaves = IntStream.range(0, nodes).filter(n -> forest.getFeature(root + n) < 0).toArray();
    this.parent = new int[nodes];
    this.above = new int[nodes];
    this.shareLeft = new double[nodes];
    this.reached = new double[nodes];
    this.byFeature = new double[nodes];
    Arrays.fill(parent, NONE);
    Arrays.fill(above, NONE);
    reached[0] = 1;
    int[] features = new int[nodes];
    int most = 0;
    // Children come after their parents.
    for (int node : asking) {
      above[node] = above(forest, root, node);
      int left = forest.getLeft(root + node);
      int right = forest.getRight(root + node);
      double ofLeft = forest.getCover(root + left);
      double both = ofLeft + forest.getCover(root + right);
      // A node that no training row came to says nothing of its children.
      shareLeft[node] = both == 0 ? 0.5 : ofLeft / both;
      for (int child : new int[] {left, right}) {
        double share = child == left ? shareLeft[node] : 1 - shareLeft[node];
        parent[child] = node;
        reached[child] = reached[node] * share;
        byFeature[child] = shareBefore(node) * share;
        features[child] = features[node] + (above[node] == NONE ? 1 : 0);
        most = Math.max(most, features[child]);
      }
    }
    this.mostFeatures = most;
  }

  private int above(Forest forest, int root, int node) {
    int child = node;
    while (parent[child] != NONE
        && forest.getFeature(root + parent[child]) != forest.getFeature(root + node)) {
      child = parent[child];
    }
    return parent[child] == NONE ? NONE : child;
  }

  /** The nodes that ask, parents first. */
  int[] asking() {
    return asking;
  }

  int[] leaves() {
    return leaves;
  }

  /** The child, above a node, of the nearest node that asks for the same feature; -1 for none. */
  int above(int node) {
    return above[node];
  }

  /** Share of the rows that come to a node by what they answered for its feature before. */
  double shareBefore(int node) {
    return above[node] == NONE ? 1 : byFeature[above[node]];
  }

  /** Share of a node's rows that go left. */
  double shareLeft(int node) {
    return shareLeft[node];
  }

  /** Share of all rows that come to a node. */
  double reached(int node) {
    return reached[node];
  }

  /** Most features asked for on one path. */
  int mostFeatures() {
    return mostFeatures;
  }
}
