package dev.alta.model.tree;

import dev.alta.proto.v1.Forest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Additive trees in a flat layout. Computes as XGBoost does: floats throughout, the trees of an
 * output added in their order, {@code value < threshold} to the left, a missing value (NaN) the
 * default way.
 *
 * <p>Immutable, safe for use by several threads, allocates nothing for a row.
 */
public final class TreeKernel {
  /** What one thread computes in. */
  public static final class Scratch {
    private final int[] keys;
    private final float[] values;

    private Scratch(int features, int trees) {
      this.keys = new int[VectorKeys.length(features)];
      this.values = new float[trees + 1];
    }
  }

  private final int features;
  private final int nodes;
  private final float[] base;
  private final int[] treeOutput;
  private final PaddedTrees[] padded;
  private final DeepTrees deep;

  private TreeKernel(Forest forest, int features) {
    this.features = features;
    this.nodes = forest.getFeatureCount();
    this.base = new float[forest.getOutputs()];
    for (int i = 0; i < base.length; i++) {
      base[i] = forest.getBase(i);
    }
    this.treeOutput = forest.getTreeOutputList().stream().mapToInt(Integer::intValue).toArray();
    int[] depths = TreeDepths.of(forest);
    List<PaddedTrees> filled = new ArrayList<>();
    for (int depth = 0; depth <= PaddedTrees.DEEPEST; depth++) {
      int[] trees = trees(depths, depth, depth);
      if (trees.length > 0) {
        filled.add(new PaddedTrees(forest, depth, trees, treeOutput.length));
      }
    }
    this.padded = filled.toArray(PaddedTrees[]::new);
    this.deep = new DeepTrees(forest, trees(depths, PaddedTrees.DEEPEST + 1, Integer.MAX_VALUE));
  }

  private static int[] trees(int[] depths, int from, int to) {
    return IntStream.range(0, depths.length)
        .filter(tree -> depths[tree] >= from && depths[tree] <= to)
        .toArray();
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
    return treeOutput.length;
  }

  /** Nodes of all trees, leaves included. */
  public int nodes() {
    return nodes;
  }

  /** What a thread needs, to be used again for the next row. */
  public Scratch scratch() {
    return new Scratch(features, treeOutput.length);
  }

  /** Adds up the trees, in a scratch of its own. */
  public void margins(float[] vector, float[] margins) {
    margins(vector, scratch(), margins);
  }

  /**
   * Adds up the trees.
   *
   * @param vector at least {@link #features()} long
   * @param margins at least {@link #outputs()} long; what it held is overwritten
   */
  public void margins(float[] vector, Scratch scratch, float[] margins) {
    VectorKeys.write(vector, features, scratch.keys);
    float[] values = scratch.values;
    for (PaddedTrees trees : padded) {
      trees.values(scratch.keys, values);
    }
    deep.values(vector, values);
    // Sums of floats depend on their order: the trees', not that of the layout.
    System.arraycopy(base, 0, margins, 0, base.length);
    for (int tree = 0; tree < treeOutput.length; tree++) {
      margins[treeOutput[tree]] += values[tree];
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
}
