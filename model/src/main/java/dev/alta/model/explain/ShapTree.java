package dev.alta.model.explain;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/**
 * One tree, with what each edge multiplies and adds. An edge has the number of the node it leads
 * to; node 0 is the root. A row is at an edge in one of three states.
 */
final class ShapTree {
  /** An edge above with the same feature was not followed. */
  private static final int LEFT_BEFORE = 0;

  /** All edges above with the same feature were followed, this one is not. */
  private static final int LEAVES = 1;

  /** This one and all above with the same feature are followed. */
  private static final int FOLLOWS = 2;

  private static final int STATES = 3;
  private static final int NONE = -1;

  private final int nodes;
  private final int points;
  private final double[] weights;
  // For each node: its feature, or NONE for a leaf; then what it asks, as in the forest.
  private final int[] feature;
  private final float[] value;
  private final int[] left;
  private final int[] right;
  private final boolean[] defaultLeft;
  // For each edge: where it comes from, the edge above with the same feature, the feature's group.
  private final int[] parent;
  private final int[] above;
  private final int[] group;
  // For each edge and state, for each point: the factor, then the share of what lies below.
  private final double[] factors;
  private final double expected;

  private ShapTree(Forest forest, int tree, int[] groupOf) {
    int root = forest.getTreeRoot(tree);
    int end =
        tree + 1 < forest.getTreeRootCount()
            ? forest.getTreeRoot(tree + 1)
            : forest.getFeatureCount();
    nodes = end - root;
    feature = new int[nodes];
    value = new float[nodes];
    left = new int[nodes];
    right = new int[nodes];
    defaultLeft = new boolean[nodes];
    parent = new int[nodes];
    above = new int[nodes];
    group = new int[nodes];
    double[] share = new double[nodes];
    share[0] = 1;
    for (int node = 0; node < nodes; node++) {
      feature[node] = forest.getFeature(root + node);
      value[node] = forest.getValue(root + node);
      if (feature[node] != NONE) {
        left[node] = forest.getLeft(root + node);
        right[node] = forest.getRight(root + node);
        defaultLeft[node] = forest.getDefaultLeft(root + node);
        double cover = forest.getCover(root + node);
        for (int child : new int[] {left[node], right[node]}) {
          parent[child] = node;
          group[child] = groupOf[feature[node]];
          // A node that no training row came to says nothing of its children.
          share[child] = cover == 0 ? 0.5 : forest.getCover(root + child) / cover;
        }
      }
    }
    int features = linkAbove();
    GaussLegendre rule = GaussLegendre.forDegree(Math.max(0, features - 1));
    points = rule.size();
    weights = new double[points];
    Arrays.setAll(weights, rule::weight);
    factors = new double[nodes * STATES * 2 * points];
    fill(share, rule);
    expected = expected(share);
  }

  static ShapTree of(Forest forest, int tree, int[] groupOf) {
    return new ShapTree(forest, tree, groupOf);
  }

  int nodes() {
    return nodes;
  }

  /** How many numbers it computes in. */
  int products() {
    return nodes * points;
  }

  double expected() {
    return expected;
  }

  void add(float[] vector, double[] products, byte[] follows, double[] contributions) {
    if (nodes > 1) {
      descend(vector, products, follows);
      ascend(products, follows, contributions);
    }
  }

  /** Finds the edge above with the same feature; gives the most features on one path. */
  private int linkAbove() {
    int[] distinct = new int[nodes];
    int most = 0;
    for (int node = 1; node < nodes; node++) {
      int asked = feature[parent[node]];
      int edge = parent[node];
      while (edge != 0 && feature[parent[edge]] != asked) {
        edge = parent[edge];
      }
      above[node] = edge == 0 ? NONE : edge;
      distinct[node] = distinct[parent[node]] + (edge == 0 ? 1 : 0);
      most = Math.max(most, distinct[node]);
    }
    return most;
  }

  /**
   * With f(z, o) = z (1-t) + o t of the edge and of the one above with the same feature: the factor
   * is the quotient of both, the share is w (o - z) / f of the edge less that of the one above.
   */
  private void fill(double[] share, GaussLegendre rule) {
    double[] zero = new double[nodes];
    for (int node = 1; node < nodes; node++) {
      double before = above[node] == NONE ? 1 : zero[above[node]];
      zero[node] = before * share[node];
      for (int state = 0; state < STATES; state++) {
        int ones = state == FOLLOWS ? 1 : 0;
        int onesBefore = state == LEFT_BEFORE ? 0 : 1;
        for (int q = 0; q < points; q++) {
          double t = rule.point(q);
          double now = zero[node] * (1 - t) + ones * t;
          double then = before * (1 - t) + onesBefore * t;
          int at = at(node, state) + q;
          factors[at] = quotient(now, then);
          factors[at + points] =
              quotient(ones - zero[node], now)
                  - (above[node] == NONE ? 0 : quotient(onesBefore - before, then));
        }
      }
    }
  }

  /** Where nothing of a path is left, nothing below it counts. */
  private static double quotient(double a, double b) {
    return b == 0 ? 0 : a / b;
  }

  private int at(int edge, int state) {
    return (edge * STATES + state) * 2 * points;
  }

  private double expected(double[] share) {
    double[] reached = new double[nodes];
    reached[0] = 1;
    double sum = 0;
    for (int node = 0; node < nodes; node++) {
      reached[node] = node == 0 ? 1 : reached[parent[node]] * share[node];
      sum += feature[node] == NONE ? reached[node] * value[node] : 0;
    }
    return sum;
  }

  /** Down the tree: the product of the factors of all edges to a node. */
  private void descend(float[] vector, double[] products, byte[] follows) {
    System.arraycopy(weights, 0, products, 0, points);
    for (int node = 0; node < nodes; node++) {
      if (feature[node] != NONE) {
        float found = vector[feature[node]];
        boolean goesLeft = Float.isNaN(found) ? defaultLeft[node] : found < value[node];
        step(left[node], goesLeft, products, follows);
        step(right[node], !goesLeft, products, follows);
      } else {
        for (int q = node * points; q < (node + 1) * points; q++) {
          products[q] *= value[node];
        }
      }
    }
  }

  private void step(int edge, boolean taken, double[] products, byte[] follows) {
    boolean followed = above[edge] == NONE || follows[above[edge]] == FOLLOWS;
    int state = !followed ? LEFT_BEFORE : taken ? FOLLOWS : LEAVES;
    follows[edge] = (byte) state;
    int factor = at(edge, state);
    int from = parent[edge] * points;
    int to = edge * points;
    for (int q = 0; q < points; q++) {
      products[to + q] = products[from + q] * factors[factor + q];
    }
  }

  /** Up the tree: the sum over the leaves below, of which each edge takes its share. */
  private void ascend(double[] sums, byte[] follows, double[] contributions) {
    for (int node = 0; node < nodes; node++) {
      if (feature[node] != NONE) {
        Arrays.fill(sums, node * points, (node + 1) * points, 0);
      }
    }
    for (int edge = nodes - 1; edge > 0; edge--) {
      int share = at(edge, follows[edge]) + points;
      int to = parent[edge] * points;
      double sum = 0;
      for (int q = 0; q < points; q++) {
        double below = sums[edge * points + q];
        sums[to + q] += below;
        sum += below * factors[share + q];
      }
      contributions[group[edge]] += sum;
    }
  }
}
