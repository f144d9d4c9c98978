package dev.alta.training.promote;

/**
 * The limits of the {@link PromotionRule}.
 *
 * @param bootstrapSamples samples of patients on which the interval rests
 * @param seed of the samples
 * @param calibrationLoss by how much the calibration error may be above the champion's
 * @param subgroupRows rows from which on a subgroup counts
 * @param subgroupLoss by how much the mean AUROC of such a subgroup may be below the champion's
 */
public record PromotionLimits(
    int bootstrapSamples,
    long seed,
    double calibrationLoss,
    int subgroupRows,
    double subgroupLoss) {
  private static final PromotionLimits STANDARD = new PromotionLimits(1_000, 1, 0.01, 500, 0.02);

  public PromotionLimits {
    require("bootstrapSamples", bootstrapSamples, bootstrapSamples > 0, "> 0");
    require("calibrationLoss", calibrationLoss, calibrationLoss >= 0, ">= 0");
    require("subgroupRows", subgroupRows, subgroupRows > 0, "> 0");
    require("subgroupLoss", subgroupLoss, subgroupLoss >= 0, ">= 0");
  }

  /** 1,000 samples, 0.01, 500 rows, 0.02. */
  public static PromotionLimits standard() {
    return STANDARD;
  }

  private static void require(String name, double found, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + found + " (expected: " + expected + ")");
    }
  }
}
