package dev.alta.training.evaluate;

import dev.alta.proto.v1.Interval;
import java.util.Arrays;
import java.util.Optional;

/** Makes intervals of what a figure is in the samples of a bootstrap. */
public final class Intervals {
  private static final double OUTSIDE = 0.05;
  private static final double MOST_UNDEFINED = 0.05;

  private Intervals() {}

  /**
   * The middle 95% of the values (percentile interval).
   *
   * @param values one for each sample; NaN where a sample does not give the figure
   * @return empty where more than 5% of the samples do not give it
   */
  public static Optional<Interval> middle95(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0 || values.length - sorted.length > MOST_UNDEFINED * values.length) {
      return Optional.empty();
    }
    return Optional.of(
        Interval.newBuilder()
            .setLow(quantile(sorted, OUTSIDE / 2))
            .setHigh(quantile(sorted, 1 - OUTSIDE / 2))
            .build());
  }

  /**
   * The middle 95% of the values, moved by what they are too high or low on average, and not below
   * 0: for a figure that samples make worse than the rows are, so that the values alone would not
   * hold it.
   *
   * @param estimate the figure of the rows themselves
   */
  static Optional<Interval> around(double estimate, double[] values) {
    double mean = Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(estimate);
    return middle95(values)
        .map(
            interval ->
                Interval.newBuilder()
                    .setLow(Math.max(0, interval.getLow() - mean + estimate))
                    .setHigh(interval.getHigh() - mean + estimate)
                    .build());
  }

  /** Between the two nearest values in proportion. */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
