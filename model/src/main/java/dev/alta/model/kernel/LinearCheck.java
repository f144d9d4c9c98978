package dev.alta.model.kernel;

import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Link;
import java.util.List;

/** Refuses a linear model that could not be scored safely: wrong lengths, no numbers. */
final class LinearCheck {
  // So that no weighted sum of scaled features is infinite.
  private static final double LARGEST = 1e30;
  private static final double SMALLEST_DEVIATION = 1e-30;

  private LinearCheck() {}

  static void check(Linear linear, int features) {
    int outputs = linear.getBiasCount();
    require(
        outputs >= 1 && outputs <= ForestCheck.MOST_OUTPUTS,
        "outputs",
        outputs,
        "from 1 to " + ForestCheck.MOST_OUTPUTS);
    require(linear.getLink() == Link.SOFTMAX, "link", linear.getLink(), "SOFTMAX");
    length("mean", linear.getMeanCount(), features);
    length("deviation", linear.getDeviationCount(), features);
    length("average", linear.getAverageCount(), features);
    length("weight", linear.getWeightCount(), (long) features * outputs);
    bounded("bias", linear.getBiasList());
    bounded("mean", linear.getMeanList());
    bounded("deviation", linear.getDeviationList());
    bounded("average", linear.getAverageList());
    bounded("weight", linear.getWeightList());
    for (int i = 0; i < features; i++) {
      double deviation = linear.getDeviation(i);
      require(
          deviation == 0 || deviation >= SMALLEST_DEVIATION,
          "deviation[" + i + "]",
          deviation,
          "0, or " + SMALLEST_DEVIATION + " or above");
    }
  }

  private static void length(String field, int found, long expected) {
    require(found == expected, "length of " + field, found, Long.toString(expected));
  }

  private static void bounded(String field, List<Double> found) {
    for (int i = 0; i < found.size(); i++) {
      require(
          Math.abs(found.get(i)) <= LARGEST,
          field + "[" + i + "]",
          found.get(i),
          "a number from -" + LARGEST + " to " + LARGEST);
    }
  }

  private static void require(boolean holds, String field, Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "linear: " + field + ": " + found + " (expected: " + expected + ")");
    }
  }
}
