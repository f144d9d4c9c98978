package dev.alta.model.explain;

import dev.alta.model.kernel.ScaledFeatures;
import dev.alta.proto.v1.Linear;
import java.util.Arrays;

/**
 * Contributions to an output of a linear model: weight times how far the scaled value is from its
 * average over the training rows. So what a row does not have speaks, too, where most others do.
 */
final class LinearShap implements Contributions {
  private final ScaledFeatures scale;
  private final double[] weights;
  private final double[] averages;
  private final int[] groupOf;
  private final int groups;
  private final double expected;

  private LinearShap(Linear linear, int output, int[] groupOf) {
    int outputs = linear.getBiasCount();
    this.scale = ScaledFeatures.of(linear);
    this.groupOf = groupOf.clone();
    this.groups = Arrays.stream(groupOf).max().orElse(-1) + 1;
    this.weights = new double[groupOf.length];
    Arrays.setAll(weights, feature -> linear.getWeight(feature * outputs + output));
    this.averages = linear.getAverageList().stream().mapToDouble(Double::doubleValue).toArray();
    double sum = linear.getBias(output);
    for (int feature = 0; feature < weights.length; feature++) {
      sum += weights[feature] * averages[feature];
    }
    this.expected = sum;
  }

  static LinearShap of(Linear linear, int output, int[] groupOf) {
    return new LinearShap(linear, output, groupOf);
  }

  @Override
  public double expected() {
    return expected;
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public Scratch scratch() {
    return new Scratch(0, 0);
  }

  @Override
  public void contributions(float[] vector, Scratch scratch, double[] contributions) {
    Arrays.fill(contributions, 0, groups, 0);
    for (int feature = 0; feature < weights.length; feature++) {
      contributions[groupOf[feature]] +=
          weights[feature] * (scale.scaled(feature, vector[feature]) - averages[feature]);
    }
  }
}
