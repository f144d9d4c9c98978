package dev.alta.model.kernel;

import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Link;
import java.util.List;

/** Refuses a linear model that could not be scored safely: wrong lengths, no numbers. */
final class LinearCheck {
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
    finite("bias", linear.getBiasList());
    finite("mean", linear.getMeanList());
    finite("deviation", linear.getDeviationList());
    finite("average", linear.getAverageList());
    finite("weight", linear.getWeightList());
    for (int i = 0; i < features; i++) {
      double deviation = linear.getDeviation(i);
      // Of smaller ones the inverse is no number.
      require(
          deviation == 0 || deviation >= Double.MIN_NORMAL,
          "deviation[" + i + "]",
          deviation,
          "0 or above");
    }
  }

  private static void length(String field, int found, long expected) {
    require(found == expected, "length of " + field, found, Long.toString(expected));
  }

  private static void finite(String field, List<Double> found) {
    for (int i = 0; i < found.size(); i++) {
      require(
          Double.isFinite(found.get(i)), field + "[" + i + "]", found.get(i), "a finite number");
    }
  }

  private static void require(boolean holds, String field, Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "linear: " + field + ": " + found + " (expected: " + expected + ")");
    }
  }
}
