package dev.alta.training.evaluate;

import dev.alta.proto.v1.ClassCurves;
import dev.alta.proto.v1.Curve;
import dev.alta.proto.v1.ReliabilityGroup;
import java.util.Arrays;

/** What pictures draw of one class against the rest. */
public final class Curves {
  // Of each curve, and enough for the eye.
  private static final int MOST_POINTS = 200;
  private static final int RISK_BINS = 40;
  // The bins end where nearly all of the rows are.
  private static final double RISK_END = 0.995;

  private final Scores scores;
  private final ScoreOrder order;
  private final int ofClass;
  private final long positives;

  private Curves(Scores scores, int ofClass) {
    this.scores = scores;
    this.ofClass = ofClass;
    this.order = ScoreOrder.ofClass(scores, ofClass);
    long count = 0;
    for (int i = 0; i < order.size(); i++) {
      count += order.isPositive(i) ? 1 : 0;
    }
    this.positives = count;
  }

  /**
   * Makes the curves of a class.
   *
   * @param name of the class
   */
  public static ClassCurves of(Scores scores, int ofClass, String name) {
    Curves curves = new Curves(scores, ofClass);
    ClassCurves.Builder made =
        ClassCurves.newBuilder()
            .setName(name)
            .setShare(round((double) curves.positives / scores.rows()))
            .setRoc(curves.roc())
            .setPrecisionRecall(curves.precisionRecall());
    curves.addReliability(made);
    curves.addRisk(made);
    return made.build();
  }

  private Curve roc() {
    double negatives = (double) order.size() - positives;
    Thin roc = Thin.rising().add(0, 0);
    long hits = 0;
    for (int i = 0; i < order.size(); i++) {
      hits += order.isPositive(i) ? 1 : 0;
      if (order.isLastOfEquals(i)) {
        roc.add((i + 1 - hits) / negatives, (double) hits / positives);
      }
    }
    return roc.curve();
  }

  private Curve precisionRecall() {
    Thin curve = Thin.any();
    long hits = 0;
    for (int i = 0; i < order.size(); i++) {
      hits += order.isPositive(i) ? 1 : 0;
      if (order.isLastOfEquals(i) && hits > 0) {
        curve.add((double) hits / positives, (double) hits / (i + 1));
      }
    }
    return curve.curve();
  }

  /** The groups that the calibration error is computed from. */
  private void addReliability(ClassCurves.Builder curves) {
    int groups = CalibrationFigures.GROUPS;
    for (int group = 0; group < groups; group++) {
      int from = (int) ((long) order.size() * group / groups);
      int to = (int) ((long) order.size() * (group + 1) / groups);
      double probability = 0;
      long hits = 0;
      for (int i = from; i < to; i++) {
        probability += order.score(i);
        hits += order.isPositive(i) ? 1 : 0;
      }
      if (to > from) {
        curves.addReliability(
            ReliabilityGroup.newBuilder()
                .setRows(to - from)
                .setMeanProbability(round(probability / (to - from)))
                .setShare(round((double) hits / (to - from))));
      }
    }
  }

  private void addRisk(ClassCurves.Builder curves) {
    int mostUrgent = scores.classes() - 1;
    double[] risks = new double[scores.rows()];
    Arrays.setAll(risks, row -> scores.probability(row, mostUrgent));
    double[] sorted = risks.clone();
    Arrays.sort(sorted);
    double bin = Math.max(1e-6, round(Intervals.quantile(sorted, RISK_END) / RISK_BINS));
    long[] counts = new long[RISK_BINS];
    for (int row = 0; row < risks.length; row++) {
      if (scores.actual(row) == ofClass) {
        counts[Math.min(RISK_BINS - 1, (int) (risks[row] / bin))]++;
      }
    }
    curves.setRiskBin(bin);
    for (long count : counts) {
      curves.addRisk(positives == 0 ? 0 : round((double) count / positives));
    }
  }

  private static double round(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }

  /** Keeps a point once it is far enough from the one before, and always the last one. */
  private static final class Thin {
    private final Curve.Builder curve = Curve.newBuilder();
    private final double step;
    private final boolean alsoUp;
    private double keptX;
    private double keptY;
    private double lastX;
    private double lastY;

    private Thin(double step, boolean alsoUp) {
      this.step = step;
      this.alsoUp = alsoUp;
    }

    /** Both coordinates only rise, from 0 to 1. */
    static Thin rising() {
      return new Thin(2.0 / (MOST_POINTS - 2), true);
    }

    /** The first coordinate only rises, from 0 to 1, the other goes up and down. */
    static Thin any() {
      return new Thin(1.0 / (MOST_POINTS - 2), false);
    }

    Thin add(double x, double y) {
      lastX = x;
      lastY = y;
      if (curve.getXCount() == 0 || x - keptX + (alsoUp ? y - keptY : 0) >= step) {
        keep();
      }
      return this;
    }

    Curve curve() {
      if (lastX != keptX || lastY != keptY) {
        keep();
      }
      return curve.build();
    }

    private void keep() {
      curve.addX(round(lastX)).addY(round(lastY));
      keptX = lastX;
      keptY = lastY;
    }
  }
}
