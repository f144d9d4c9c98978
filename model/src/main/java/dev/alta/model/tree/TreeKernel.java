package dev.alta.model.tree;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/**
 * Additive trees in a flat layout. Computes as XGBoost does: floats throughout, the trees of an
 * output added in their order, {@code value < threshold} to the left, a missing value (NaN) the
 * default way.
 *
 * <p>Immutable, safe for use by several threads, allocates nothing for a row.
 */
public final class TreeKernel {
  private static final int LEAF = -1;
  private static final int DEFAULT_LEFT = 1 << 30;
  private static final int FEATURE = DEFAULT_LEFT - 1;

  private final int features;
  private final float[] base;
  private final int[] treeRoot;
  private final int[] treeOutput;
  // For each node: LEAF, or the feature's index with DEFAULT_LEFT set or not.
  private final int[] test;
  // For each node: the threshold, or the leaf's value.
  private final float[] value;
  // For each node: its left child; the right one lies next to it.
  private final int[] left;

  private TreeKernel(Forest forest, int features) {
    int nodes = forest.getFeatureCount();
    this.features = features;
    this.base = new float[forest.getOutputs()];
    this.treeRoot = new int[forest.getTreeRootCount()];
    this.treeOutput = new int[forest.getTreeRootCount()];
    this.test = new int[nodes];
    this.value = new float[nodes];
    this.left = new int[nodes];
    for (int i = 0; i < base.length; i++) {
      base[i] = forest.getBase(i);
    }
    for (int tree = 0; tree < treeRoot.length; tree++) {
      treeRoot[tree] = forest.getTreeRoot(tree);
      treeOutput[tree] = forest.getTreeOutput(tree);
    }
    lay(forest);
  }

  /**
   * Checks a forest and lays it out.
   *
   * @param features length of the vectors it is to read
   * @throws IllegalArgumentException if the forest is malformed; names the field, the place and
   *     what was expected
   */
  public static TreeKernel of(Forest forest, int features) {
    ForestCheck.check(forest, features);
    return new TreeKernel(forest, features);
  }

  /** Outputs; the length of the margins. */
  public int outputs() {
    return base.length;
  }

  /** Length of the vectors. */
  public int features() {
    return features;
  }

  public int trees() {
    return treeRoot.length;
  }

  /** Nodes of all trees, leaves included. */
  public int nodes() {
    return test.length;
  }

  /**
   * Adds up the trees.
   *
   * @param vector at least {@link #features()} long
   * @param margins at least {@link #outputs()} long; what it held is overwritten
   */
  public void margins(float[] vector, float[] margins) {
    System.arraycopy(base, 0, margins, 0, base.length);
    for (int tree = 0; tree < treeRoot.length; tree++) {
      margins[treeOutput[tree]] += leaf(treeRoot[tree], vector);
    }
  }

  /**
   * Turns margins into probabilities, in place.
   *
   * @param margins exactly {@link #outputs()} of them
   */
  public static void softmax(float[] margins) {
    float largest = margins[0];
    for (float margin : margins) {
      largest = Math.max(largest, margin);
    }
    double sum = 0;
    for (int i = 0; i < margins.length; i++) {
      margins[i] = (float) Math.exp(margins[i] - largest);
      sum += margins[i];
    }
    for (int i = 0; i < margins.length; i++) {
      margins[i] /= (float) sum;
    }
  }

  private float leaf(int root, float[] vector) {
    int node = root;
    int asked;
    while ((asked = test[node]) != LEAF) {
      float found = vector[asked & FEATURE];
      boolean goesLeft = Float.isNaN(found) ? asked >= DEFAULT_LEFT : found < value[node];
      node = left[node] + (goesLeft ? 0 : 1);
    }
    return value[node];
  }

  /** Copies each tree level by level, so that siblings lie side by side. */
  private void lay(Forest forest) {
    int[] source = new int[test.length];
    Arrays.fill(source, LEAF);
    for (int tree = 0; tree < treeRoot.length; tree++) {
      int root = treeRoot[tree];
      int end = tree + 1 < treeRoot.length ? treeRoot[tree + 1] : test.length;
      source[root] = root;
      int free = root + 1;
      for (int node = root; node < end; node++) {
        int from = source[node];
        value[node] = forest.getValue(from);
        if (forest.getFeature(from) == LEAF) {
          test[node] = LEAF;
        } else {
          test[node] = forest.getFeature(from) | (forest.getDefaultLeft(from) ? DEFAULT_LEFT : 0);
          left[node] = free;
          source[free++] = root + forest.getLeft(from);
          source[free++] = root + forest.getRight(from);
        }
      }
    }
  }
}
