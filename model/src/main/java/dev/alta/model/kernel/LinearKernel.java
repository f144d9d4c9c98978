package dev.alta.model.kernel;

import dev.alta.proto.v1.Linear;

/** A linear model: each output's bias and the weighted sum of the {@link ScaledFeatures}. */
public final class LinearKernel implements Kernel {
  // Beyond, probabilities are 0 and 1 anyway; a sum must not become infinite.
  private static final double MOST = 1e30;

  private final ScaledFeatures scale;
  private final double[] bias;
  // Feature by feature, one weight for each output.
  private final double[] weights;

  private LinearKernel(Linear linear) {
    this.scale = ScaledFeatures.of(linear);
    this.bias = linear.getBiasList().stream().mapToDouble(Double::doubleValue).toArray();
    this.weights = linear.getWeightList().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Checks a linear model and takes it.
   *
   * @param features length of the vectors it is to read
   * @throws IllegalArgumentException if it is malformed; names the field, the place and what was
   *     expected
   */
  public static LinearKernel of(Linear linear, int features) {
    LinearCheck.check(linear, features);
    return new LinearKernel(linear);
  }

  @Override
  public int outputs() {
    return bias.length;
  }

  @Override
  public int features() {
    return scale.size();
  }

  @Override
  public int trees() {
    return 0;
  }

  @Override
  public Scratch scratch() {
    return Scratch.ofSums(bias.length);
  }

  @Override
  public BlockScratch blockScratch() {
    return BlockScratch.ofRows(scratch());
  }

  @Override
  public void margins(float[] vector, Scratch scratch, float[] margins) {
    row(vector, 0, scratch.sums, margins, 0);
  }

  @Override
  public void margins(float[] vectors, int rows, BlockScratch scratch, float[] margins) {
    for (int row = 0; row < rows; row++) {
      row(vectors, row * features(), scratch.row.sums, margins, row * bias.length);
    }
  }

  private void row(float[] vectors, int vector, double[] sums, float[] margins, int start) {
    System.arraycopy(bias, 0, sums, 0, bias.length);
    for (int feature = 0; feature < scale.size(); feature++) {
      float value = vectors[vector + feature];
      // Most are questions whose answer is no.
      if (!Float.isNaN(value)) {
        double scaled = scale.scaled(feature, value);
        for (int output = 0; output < bias.length; output++) {
          sums[output] += scaled * weights[feature * bias.length + output];
        }
      }
    }
    for (int output = 0; output < bias.length; output++) {
      margins[start + output] = (float) Math.max(-MOST, Math.min(MOST, sums[output]));
    }
  }
}
