package dev.alta.model.bundle;

import dev.alta.proto.v1.Risk;
import dev.alta.proto.v1.RiskScale;

/** Reads a {@link RiskScale}. Immutable. */
public final class RiskGauge {
  private static final int STEPS = 1_000;
  private static final double STEPS_PER_PERCENT = STEPS / 100.0;

  private final float highFrom;
  private final float mediumFrom;
  private final float[] quantiles;

  /**
   * Checks and keeps a scale.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public RiskGauge(RiskScale scale) {
    this.highFrom = scale.getHighFrom();
    this.mediumFrom = scale.getMediumFrom();
    if (!(mediumFrom >= 0 && mediumFrom <= highFrom && highFrom <= 1)) {
      throw new IllegalArgumentException(
          "risk_scale: medium_from "
              + mediumFrom
              + ", high_from "
              + highFrom
              + " (expected: 0 <= medium_from <= high_from <= 1)");
    }
    if (scale.getQuantilesCount() != STEPS + 1) {
      throw new IllegalArgumentException(
          "risk_scale: "
              + scale.getQuantilesCount()
              + " quantiles (expected: "
              + (STEPS + 1)
              + ")");
    }
    this.quantiles = new float[STEPS + 1];
    float previous = 0;
    for (int i = 0; i <= STEPS; i++) {
      float quantile = scale.getQuantiles(i);
      if (!(quantile >= previous && quantile <= 1)) {
        throw new IllegalArgumentException(
            "risk_scale: quantile " + i + ": " + quantile + " (expected: rising, from 0 to 1)");
      }
      quantiles[i] = quantile;
      previous = quantile;
    }
  }

  Risk risk(float probability) {
    if (probability >= highFrom) {
      return Risk.HIGH;
    }
    return probability >= mediumFrom ? Risk.MEDIUM : Risk.LOW;
  }

  /**
   * The share, in percent, of the validation rows with a lower probability: the first quantile that
   * is not lower, or where none is equal the place between it and the one before, in proportion.
   */
  public double percentile(float probability) {
    int notLower = firstNotLower(probability);
    if (notLower == 0) {
      return 0;
    }
    if (notLower > STEPS) {
      return 100;
    }
    double below = quantiles[notLower - 1];
    double part = (probability - below) / (quantiles[notLower] - below);
    return (notLower - 1 + part) / STEPS_PER_PERCENT;
  }

  private int firstNotLower(float probability) {
    int low = 0;
    int high = quantiles.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (quantiles[middle] < probability) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
