package dev.alta.app.workflow;

/**
 * From when on a model is trained again.
 *
 * @param newRows rows that have come since, as a share of those that the champion was made from
 * @param drift population stability index of a column that matters
 * @param meanDrift mean of the index over all columns
 * @param aurocDrop by how much the mean AUROC measured live must be below that of the test rows
 * @param ageDays age of the champion
 * @param liveDays how far back predictions are looked at
 */
public record RetrainLimits(
    double newRows, double drift, double meanDrift, double aurocDrop, int ageDays, int liveDays) {
  public static final double NEW_ROWS = 0.1;
  public static final double DRIFT = 0.2;
  public static final double MEAN_DRIFT = 0.1;
  public static final double AUROC_DROP = 0.02;
  public static final int AGE_DAYS = 180;
  public static final int LIVE_DAYS = 90;

  public RetrainLimits {
    require("newRows", newRows, newRows > 0);
    require("drift", drift, drift > 0);
    require("meanDrift", meanDrift, meanDrift > 0);
    require("aurocDrop", aurocDrop, aurocDrop > 0);
    require("ageDays", ageDays, ageDays > 0);
    require("liveDays", liveDays, liveDays > 0);
  }

  /** 10% new rows, an index of 0.2 or 0.1 in the mean, 0.02 of AUROC, 180 days. */
  public static RetrainLimits standard() {
    return new RetrainLimits(NEW_ROWS, DRIFT, MEAN_DRIFT, AUROC_DROP, AGE_DAYS, LIVE_DAYS);
  }

  private static void require(String field, double value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: > 0)");
    }
  }
}
