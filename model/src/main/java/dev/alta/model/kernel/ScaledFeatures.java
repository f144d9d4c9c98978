package dev.alta.model.kernel;

import dev.alta.proto.v1.Linear;

/**
 * Features as a linear model multiplies them: less the mean and divided by the deviation, 0 where
 * missing. Immutable.
 */
public final class ScaledFeatures {
  // Of each feature, scaled = factor * value + shift.
  private final double[] factors;
  private final double[] shifts;

  private ScaledFeatures(double[] factors, double[] shifts) {
    this.factors = factors;
    this.shifts = shifts;
  }

  /** Takes the scale of a model that a {@link LinearKernel} has accepted. */
  public static ScaledFeatures of(Linear linear) {
    double[] factors = new double[linear.getMeanCount()];
    double[] shifts = new double[factors.length];
    for (int i = 0; i < factors.length; i++) {
      double deviation = linear.getDeviation(i);
      factors[i] = deviation == 0 ? 0 : 1 / deviation;
      shifts[i] = deviation == 0 ? 1 : -linear.getMean(i) / deviation;
    }
    return new ScaledFeatures(factors, shifts);
  }

  /** How many there are. */
  public int size() {
    return factors.length;
  }

  /** A feature's scaled value; infinity counts as the largest float. */
  public double scaled(int feature, float value) {
    double finite = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
    return Float.isNaN(value) ? 0 : factors[feature] * finite + shifts[feature];
  }
}
