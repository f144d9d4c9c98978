package dev.alta.model.kernel;

import dev.alta.proto.v1.Model;
import java.util.Arrays;

/**
 * What turns a vector into one margin for each output: the part of a model that was trained.
 *
 * <p>Immutable, safe for use by several threads, each with a scratch of its own; allocates nothing
 * for a row. Row by row and in blocks of rows every bit of the outcome is the same.
 */
public sealed interface Kernel permits TreeKernel, LinearKernel {
  /** What one thread computes rows in, one after the other. Of one kernel only. */
  final class Scratch {
    final byte[] answers;
    final int[] ones;
    final int[] keys;
    final double[] sums;

    private Scratch(int answers, int ones, int keys, int sums) {
      this.answers = new byte[answers];
      this.ones = new int[ones];
      this.keys = new int[keys];
      this.sums = new double[sums];
    }

    static Scratch ofTrees(TreeLayout layout) {
      return new Scratch(layout.questions().count(), layout.questions().lists(), layout.keys(), 0);
    }

    static Scratch ofSums(int outputs) {
      return new Scratch(0, 0, 0, outputs);
    }
  }

  /** What one thread computes blocks of rows in. Of one kernel only. */
  final class BlockScratch {
    final Scratch row;
    final long[] answers;
    final PaddedTrees.Slices slices = new PaddedTrees.Slices();
    // The keys of each row, and how many there are of one.
    final int[] keys;
    final int width;
    final float[] sums = new float[Questions.BLOCK];

    private BlockScratch(Scratch row, int answers, int width) {
      this.row = row;
      this.answers = new long[answers];
      this.width = width;
      this.keys = new int[Questions.BLOCK * width];
      // Where there are fewer rows, leaves are still found.
      Arrays.fill(keys, Integer.MIN_VALUE);
    }

    static BlockScratch ofTrees(TreeLayout.Pair layouts) {
      return new BlockScratch(
          Scratch.ofTrees(layouts.forRow()),
          layouts.forBlock().questions().count(),
          layouts.forBlock().keys());
    }

    /** Of a kernel that computes many rows one by one. */
    static BlockScratch ofRows(Scratch row) {
      return new BlockScratch(row, 0, 0);
    }
  }

  /**
   * Takes what a model was trained to.
   *
   * @param features length of the vectors it is to read
   * @throws IllegalArgumentException if there is nothing, or it is malformed; names the field, the
   *     place and what was expected
   */
  static Kernel of(Model model, int features) {
    return switch (model.getTrainedCase()) {
      case FOREST -> TreeKernel.of(model.getForest(), features);
      case LINEAR -> LinearKernel.of(model.getLinear(), features);
      case TRAINED_NOT_SET ->
          throw new IllegalArgumentException("trained: nothing (expected: forest or linear)");
    };
  }

  /** Outputs; the length of the margins. */
  int outputs();

  /** Length of the vectors. */
  int features();

  /** How many trees there are; of a linear model none. */
  int trees();

  /** What a thread needs, to be used again for the next row. */
  Scratch scratch();

  /** What a thread needs for many rows at a time, to be used again for the next ones. */
  BlockScratch blockScratch();

  /**
   * Computes the margins.
   *
   * @param vector at least {@link #features()} long
   * @param margins at least {@link #outputs()} long; what it held is overwritten
   */
  void margins(float[] vector, Scratch scratch, float[] margins);

  /**
   * Computes the margins of any number of rows.
   *
   * @param vectors those of the rows, one after the other, each {@link #features()} long
   * @param margins those of the rows, one after the other, each {@link #outputs()} long; what it
   *     held is overwritten
   */
  void margins(float[] vectors, int rows, BlockScratch scratch, float[] margins);

  /** Computes the margins, in a scratch of its own. */
  default void margins(float[] vector, float[] margins) {
    margins(vector, scratch(), margins);
  }
}
