package dev.alta.core.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts scores by the tenth of the reference's scores that they fall into, and says how far they
 * have moved. Not safe for use by several threads.
 */
public final class ScoreDrift {
  private static final int TENTHS = 10;
  private static final double PERCENT_OF_A_TENTH = 10;

  private final long[] reference = new long[TENTHS];
  private final long[] actual = new long[TENTHS];

  /**
   * Of no scores yet.
   *
   * @param referenceRows how many scores the percentiles were taken from
   */
  public ScoreDrift(long referenceRows) {
    Arrays.fill(reference, referenceRows / TENTHS);
  }

  /** Counts a score by the share of the reference's that are lower, in percent. */
  public void add(double percentile) {
    actual[(int) Math.min(TENTHS - 1, percentile / PERCENT_OF_A_TENTH)]++;
  }

  /** How far they have moved; the bins are named by the percentiles where they begin and end. */
  public ColumnDrift drift() {
    List<DriftBin> bins = new ArrayList<>();
    for (int i = 0; i < TENTHS; i++) {
      bins.add(new DriftBin(i * TENTHS + " to " + (i + 1) * TENTHS, reference[i], actual[i]));
    }
    return new ColumnDrift(
        "score",
        StabilityIndex.of(reference, actual),
        StabilityIndex.chance(reference, actual),
        bins);
  }
}
