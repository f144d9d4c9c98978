package dev.alta.model.tree;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/**
 * Additive trees in a flat layout. Computes as XGBoost does: floats throughout, the trees of an
 * output added in their order, {@code value < threshold} to the left, a missing value (NaN) the
 * default way. Row by row and in blocks of rows every bit of the outcome is the same.
 *
 * <p>Immutable, safe for use by several threads, allocates nothing for a row.
 */
public final class TreeKernel {
  /** From how many rows on a block costs less than the same rows one by one. */
  private static final int WORTH_A_BLOCK = 24;

  /** What one thread computes rows in, one after the other. Of one kernel only. */
  public static final class Scratch {
    final byte[] answers;
    final int[] ones;
    final int[] keys;

    private Scratch(TreeLayout layout) {
      this.answers = new byte[layout.questions().count()];
      this.ones = new int[layout.questions().lists()];
      this.keys = new int[layout.keys()];
    }
  }

  /** What one thread computes blocks of rows in. Of one kernel only. */
  public static final class BlockScratch {
    final Scratch row;
    final long[] answers;
    final PaddedTrees.Slices slices = new PaddedTrees.Slices();
    // The keys of each row, and how many there are of one.
    final int[] keys;
    final int width;
    final float[] sums = new float[Questions.BLOCK];

    private BlockScratch(TreeLayout.Pair layouts) {
      this.row = new Scratch(layouts.forRow());
      this.answers = new long[layouts.forBlock().questions().count()];
      this.width = layouts.forBlock().keys();
      this.keys = new int[Questions.BLOCK * width];
      // Where there are fewer rows, leaves are still found.
      Arrays.fill(keys, Integer.MIN_VALUE);
    }
  }

  private final int features;
  private final int trees;
  private final int nodes;
  private final float[] base;
  private final TreeLayout.Pair layouts;

  private TreeKernel(Forest forest, int features) {
    this.features = features;
    this.trees = forest.getTreeRootCount();
    this.nodes = forest.getFeatureCount();
    this.base = new float[forest.getOutputs()];
    for (int i = 0; i < base.length; i++) {
      base[i] = forest.getBase(i);
    }
    this.layouts = TreeLayout.Pair.of(forest, features);
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
    return trees;
  }

  /** Nodes of all trees, leaves included. */
  public int nodes() {
    return nodes;
  }

  /** What a thread needs, to be used again for the next row. */
  public Scratch scratch() {
    return new Scratch(layouts.forRow());
  }

  /** What a thread needs for many rows at a time, to be used again for the next ones. */
  public BlockScratch blockScratch() {
    return new BlockScratch(layouts);
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
    row(vector, 0, scratch, margins, 0);
  }

  /**
   * Adds up the trees for any number of rows.
   *
   * @param vectors those of the rows, one after the other, each {@link #features()} long
   * @param margins those of the rows, one after the other, each {@link #outputs()} long; what it
   *     held is overwritten
   */
  public void margins(float[] vectors, int rows, BlockScratch scratch, float[] margins) {
    int row = 0;
    for (; rows - row >= WORTH_A_BLOCK; row += Math.min(rows - row, Questions.BLOCK)) {
      block(vectors, row, Math.min(rows - row, Questions.BLOCK), scratch, margins);
    }
    for (; row < rows; row++) {
      row(vectors, row * features, scratch.row, margins, row * base.length);
    }
  }

  private void row(float[] vectors, int vector, Scratch scratch, float[] margins, int start) {
    layouts.forRow().prepare(vectors, vector, scratch);
    for (int output = 0; output < base.length; output++) {
      float sum = base[output];
      for (TreeRun run : layouts.forRow().runs(output)) {
        sum = run.add(scratch, sum);
      }
      margins[start + output] = sum;
    }
  }

  private void block(float[] vectors, int first, int rows, BlockScratch scratch, float[] margins) {
    layouts.forBlock().prepare(vectors, first * features, rows, scratch);
    for (int output = 0; output < base.length; output++) {
      Arrays.fill(scratch.sums, base[output]);
      for (TreeRun run : layouts.forBlock().runs(output)) {
        run.add(scratch, rows);
      }
      for (int row = 0; row < rows; row++) {
        margins[(first + row) * base.length + output] = scratch.sums[row];
      }
    }
  }

  /**
   * Turns margins into probabilities, in place.
   *
   * @param margins exactly {@link #outputs()} of them
   */
  public static void softmax(float[] margins) {
    softmax(margins, 0, margins.length);
  }

  /**
   * Turns the margins of one of many rows into probabilities, in place.
   *
   * @param start where they begin
   * @param outputs how many there are
   */
  public static void softmax(float[] margins, int start, int outputs) {
    float largest = margins[start];
    for (int i = start; i < start + outputs; i++) {
      largest = Math.max(largest, margins[i]);
    }
    double sum = 0;
    for (int i = start; i < start + outputs; i++) {
      margins[i] = (float) Math.exp(margins[i] - largest);
      sum += margins[i];
    }
    for (int i = start; i < start + outputs; i++) {
      margins[i] /= (float) sum;
    }
  }
}
