package dev.alta.model.explain;

import dev.alta.model.kernel.VectorKeys;
import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/**
 * One tree, with what its nodes need to share out what it answers. See {@link TreeShap} for what is
 * computed; this is how.
 *
 * <p>At a node that asks for a feature, z is the share of the training rows that went left and o is
 * 1 where the row does, else 0. For the same feature above, z' and o' are the shares and the row's
 * own way up to here, as products; 1 where it was not asked for. At a point t, what the way to the
 * left multiplies by is
 *
 * <pre>  f = z + (o - z) o' w   with   w = t / (z' (1-t) + t)</pre>
 *
 * <p>and the way to the right by 1 - f. With D the product of what is above, and U the sum over the
 * leaves below of their values times what is between, for the left and for the right side, the node
 * adds to its feature
 *
 * <pre>  (o - z) o' D (U_left - U_right) g   with   g = z' / (z' (1-t) + t)²</pre>
 *
 * <p>Only o and o' depend on the row: w and g are computed once. D is computed down the tree, U up.
 */
final class ShapTree {
  /** How many points are computed at a time. */
  private static final int POINTS = 3;

  private static final int NONE = -1;

  // Of a node that asks, in asks: where it is, what it compares, its children, the child of the
  // node above that asks for the same feature, the feature's group.
  private static final int AT = 0;
  private static final int KEY = 1;
  private static final int THRESHOLD = 2;
  private static final int LEFT = 3;
  private static final int RIGHT = 4;
  private static final int ABOVE = 5;
  private static final int GROUP = 6;
  private static final int ASKS = 7;
  // Of such a node, in numbers: z, then w and g at each point.
  private static final int NUMBERS = 1 + 2 * POINTS;

  /** What one thread computes a tree in. */
  static final class Scratch {
    // For each node and point: D, U, and f where it asks.
    private final double[] down;
    private final double[] up;
    private final double[] left;
    // For each node: o' o of the feature that leads to it.
    private final double[] follows;
    // For each node that asks: (o - z) o'.
    private final double[] turns;

    Scratch(int nodes) {
      this.down = new double[POINTS * nodes];
      this.up = new double[POINTS * nodes];
      this.left = new double[POINTS * nodes];
      this.follows = new double[nodes + 1];
      this.turns = new double[nodes];
    }
  }

  private final int nodes;
  private final int[] asks;
  private final int[] leaves;
  private final float[] values;
  // For each three points: their weights, and the numbers of the nodes.
  private final double[][] weights;
  private final double[][] numbers;
  private final double expected;

  ShapTree(Forest forest, int tree, int[] groupOf) {
    int root = forest.getTreeRoot(tree);
    boolean last = tree + 1 == forest.getTreeRootCount();
    int end = last ? forest.getFeatureCount() : forest.getTreeRoot(tree + 1);
    TreePaths paths = new TreePaths(forest, root, end);
    this.nodes = end - root;
    this.asks = new int[ASKS * paths.asking().length];
    this.leaves = paths.leaves();
    this.values = new float[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      values[i] = forest.getValue(root + leaves[i]);
    }
    for (int i = 0; i < paths.asking().length; i++) {
      int node = paths.asking()[i];
      int feature = forest.getFeature(root + node);
      int at = ASKS * i;
      asks[at + AT] = node;
      asks[at + KEY] = VectorKeys.place(feature, forest.getDefaultLeft(root + node));
      asks[at + THRESHOLD] = VectorKeys.key(forest.getValue(root + node));
      asks[at + LEFT] = forest.getLeft(root + node);
      asks[at + RIGHT] = forest.getRight(root + node);
      asks[at + ABOVE] = paths.above(node) == NONE ? nodes : paths.above(node);
      asks[at + GROUP] = groupOf[feature];
    }
    GaussLegendre rule = GaussLegendre.forDegree(Math.max(0, paths.mostFeatures() - 1));
    int portions = (rule.size() + POINTS - 1) / POINTS;
    this.weights = new double[portions][POINTS];
    this.numbers = new double[portions][NUMBERS * paths.asking().length];
    for (int q = 0; q < rule.size(); q++) {
      weights[q / POINTS][q % POINTS] = rule.weight(q);
      fill(paths, rule.point(q), numbers[q / POINTS], q % POINTS);
    }
    this.expected = expected(paths);
  }

  private static void fill(TreePaths paths, double t, double[] numbers, int point) {
    for (int i = 0; i < paths.asking().length; i++) {
      int node = paths.asking()[i];
      double before = paths.shareBefore(node);
      double f = before * (1 - t) + t;
      numbers[NUMBERS * i] = paths.shareLeft(node);
      numbers[NUMBERS * i + 1 + point] = t / f;
      numbers[NUMBERS * i + 1 + POINTS + point] = before / (f * f);
    }
  }

  private double expected(TreePaths paths) {
    double sum = 0;
    for (int i = 0; i < leaves.length; i++) {
      sum += paths.reached(leaves[i]) * values[i];
    }
    return sum;
  }

  int nodes() {
    return nodes;
  }

  /** What the tree answers on average over the training rows. */
  double expected() {
    return expected;
  }

  void add(int[] keys, Scratch scratch, double[] contributions) {
    for (int portion = 0; portion < weights.length; portion++) {
      down(keys, weights[portion], numbers[portion], scratch);
      up(numbers[portion], scratch, contributions);
    }
  }

  private void down(int[] keys, double[] weight, double[] numbers, Scratch scratch) {
    double[] down = scratch.down;
    double[] left = scratch.left;
    double[] follows = scratch.follows;
    System.arraycopy(weight, 0, down, 0, POINTS);
    follows[nodes] = 1;
    for (int i = 0, at = 0, n = 0; at < asks.length; i++, at += ASKS, n += NUMBERS) {
      double z = numbers[n];
      double o = VectorKeys.below(keys[asks[at + KEY]], asks[at + THRESHOLD]);
      double before = follows[asks[at + ABOVE]];
      double turn = (o - z) * before;
      scratch.turns[i] = turn;
      follows[asks[at + LEFT]] = o * before;
      follows[asks[at + RIGHT]] = before - o * before;
      double f0 = z + turn * numbers[n + 1];
      double f1 = z + turn * numbers[n + 2];
      double f2 = z + turn * numbers[n + 3];
      left[POINTS * i] = f0;
      left[POINTS * i + 1] = f1;
      left[POINTS * i + 2] = f2;
      int here = POINTS * asks[at + AT];
      int l = POINTS * asks[at + LEFT];
      int r = POINTS * asks[at + RIGHT];
      down[l] = f0 * down[here];
      down[l + 1] = f1 * down[here + 1];
      down[l + 2] = f2 * down[here + 2];
      down[r] = (1 - f0) * down[here];
      down[r + 1] = (1 - f1) * down[here + 1];
      down[r + 2] = (1 - f2) * down[here + 2];
    }
  }

  private void up(double[] numbers, Scratch scratch, double[] contributions) {
    double[] down = scratch.down;
    double[] left = scratch.left;
    double[] up = scratch.up;
    for (int i = 0; i < leaves.length; i++) {
      Arrays.fill(up, POINTS * leaves[i], POINTS * (leaves[i] + 1), values[i]);
    }
    for (int i = asks.length / ASKS - 1; i >= 0; i--) {
      int at = ASKS * i;
      int n = NUMBERS * i;
      int here = POINTS * asks[at + AT];
      int l = POINTS * asks[at + LEFT];
      int r = POINTS * asks[at + RIGHT];
      double apart0 = up[l] - up[r];
      double apart1 = up[l + 1] - up[r + 1];
      double apart2 = up[l + 2] - up[r + 2];
      up[here] = up[r] + left[POINTS * i] * apart0;
      up[here + 1] = up[r + 1] + left[POINTS * i + 1] * apart1;
      up[here + 2] = up[r + 2] + left[POINTS * i + 2] * apart2;
      contributions[asks[at + GROUP]] +=
          scratch.turns[i]
              * (down[here] * apart0 * numbers[n + 4]
                  + down[here + 1] * apart1 * numbers[n + 5]
                  + down[here + 2] * apart2 * numbers[n + 6]);
    }
  }
}
