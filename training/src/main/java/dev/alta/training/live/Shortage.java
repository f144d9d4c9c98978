package dev.alta.training.live;

import dev.alta.proto.v1.Evaluation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether there are outcomes enough to measure with. */
public final class Shortage {
  /**
   * Outcomes of each class that it takes. The standard error of an AUROC of 0.68 with 30 positives
   * is about 0.05 (Hanley and McNeil, 1982): less would measure nothing.
   */
  public static final int LEAST = 30;

  private Shortage() {}

  /**
   * What is missing, in words; empty where nothing is.
   *
   * @param found outcomes of each class
   * @param test figures that say how frequent the classes are
   */
  public static Optional<String> of(List<String> classes, long[] found, Evaluation test) {
    int scarcest = 0;
    for (int c = 1; c < found.length; c++) {
      scarcest = found[c] < found[scarcest] ? c : scarcest;
    }
    if (found[scarcest] >= LEAST) {
      return Optional.empty();
    }
    long all = java.util.Arrays.stream(found).sum();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d outcomes of encounters it has predicted for, %,d of them %s (expected: at least"
                + " %d of each class%s)",
            all,
            found[scarcest],
            classes.get(scarcest),
            LEAST,
            needed(found.length, test)));
  }

  private static String needed(int classes, Evaluation test) {
    double rarest = 1;
    long rows = test.getConfusionList().stream().mapToLong(n -> n).sum();
    for (int c = 0; c < classes && test.getConfusionCount() == classes * classes; c++) {
      long ofClass = 0;
      for (int predicted = 0; predicted < classes; predicted++) {
        ofClass += test.getConfusion(c * classes + predicted);
      }
      rarest = Math.min(rarest, (double) ofClass / rows);
    }
    return rarest > 0 && rarest < 1
        ? String.format(
            Locale.ROOT, "; as frequent as in its test rows, some %,.0f in all", LEAST / rarest)
        : "";
  }
}
