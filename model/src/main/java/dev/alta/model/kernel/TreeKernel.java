package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/**
 * Additive trees in a flat layout. Computes as XGBoost does: floats throughout, the trees of an
 * output added in their order, {@code value < threshold} to the left, a missing value (NaN) the
 * default way.
 */
public final class TreeKernel implements Kernel {
  /** From how many rows on a block costs less than the same rows one by one. */
  private static final int WORTH_A_BLOCK = 24;

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

  @Override
  public int outputs() {
    return base.length;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int trees() {
    return trees;
  }

  /** Nodes of all trees, leaves included. */
  public int nodes() {
    return nodes;
  }

  @Override
  public Scratch scratch() {
    return Scratch.ofTrees(layouts.forRow());
  }

  @Override
  public BlockScratch blockScratch() {
    return BlockScratch.ofTrees(layouts);
  }

  @Override
  public void margins(float[] vector, Scratch scratch, float[] margins) {
    row(vector, 0, scratch, margins, 0);
  }

  @Override
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
}
