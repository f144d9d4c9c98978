package dev.alta.training.evaluate;

import dev.alta.proto.v1.RiskScale;
import java.util.stream.IntStream;

/** Makes the scale that turns a probability into a risk from those of the validation rows. */
public final class RiskScales {
  private static final int STEPS = 1_000;
  private static final double SHARE_HIGH = 0.10;
  private static final double SHARE_MEDIUM = 0.20;

  private RiskScales() {}

  /** The top 10% of the rows are HIGH, the next 20% MEDIUM, by the most urgent class. */
  public static RiskScale of(Scores validation) {
    int mostUrgent = validation.classes() - 1;
    double[] sorted =
        IntStream.range(0, validation.rows())
            .mapToDouble(row -> validation.probability(row, mostUrgent))
            .sorted()
            .toArray();
    RiskScale.Builder scale =
        RiskScale.newBuilder()
            .setHighFrom((float) atShare(sorted, 1 - SHARE_HIGH))
            .setMediumFrom((float) atShare(sorted, 1 - SHARE_HIGH - SHARE_MEDIUM));
    IntStream.rangeClosed(0, STEPS)
        .forEach(
            step -> scale.addQuantiles((float) Intervals.quantile(sorted, (double) step / STEPS)));
    return scale.build();
  }

  /** The smallest of the values that lie above this share of the rows. */
  private static double atShare(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) Math.round(share * sorted.length))];
  }
}
