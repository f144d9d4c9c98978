package dev.alta.training.report;

import dev.alta.core.report.Html;
import dev.alta.core.report.Table;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.TopShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All figures: of the test rows with their intervals, beside what they are to be compared with. */
final class FigureTable {
  /** A figure: what people call it, its name among the intervals, and what needs no model. */
  private record Figure(
      String label, String name, ToDoubleFunction<Evaluation> of, double withoutModel) {}

  private static final double CHANCE = 0.5;
  // Not said: no figure of its own.
  private static final double NONE = Double.NaN;

  private final List<String> classes;
  private final ReportInput input;
  private final double[] shares;

  FigureTable(ReportInput input) {
    this.input = input;
    this.classes = input.model().getClassesList();
    this.shares = shares(input.test());
  }

  /** For each class the share of the rows that are of it. */
  private double[] shares(Evaluation evaluation) {
    int count = classes.size();
    double[] found = new double[count];
    for (int i = 0; i < evaluation.getConfusionCount(); i++) {
      found[i / count] += (double) evaluation.getConfusion(i) / evaluation.getRows();
    }
    return found;
  }

  String figures() {
    Table table =
        Table.of(
            List.of(
                "figure",
                "test",
                "95% interval",
                "logistic regression, test",
                "without a model",
                "validation"));
    for (Figure figure : list()) {
      table.row(
          List.of(
              figure.label(),
              number(figure.of().applyAsDouble(input.test())),
              interval(input.test().getIntervalsMap(), figure.name()),
              number(figure.of().applyAsDouble(input.baseline())),
              Double.isNaN(figure.withoutModel()) ? "–" : number(figure.withoutModel()),
              number(figure.of().applyAsDouble(input.validation()))));
    }
    return table.toString();
  }

  private List<Figure> list() {
    List<Figure> list = new ArrayList<>();
    addRanking(list);
    addOutcomes(list);
    addProbabilities(list);
    return list;
  }

  /** The most urgent class first. */
  private void addRanking(List<Figure> list) {
    list.add(new Figure("AUROC, mean", "mean_auroc", e -> e.getMeanAuroc(), CHANCE));
    for (int c = classes.size() - 1; c >= 0; c--) {
      int i = c;
      String name = classes.get(c);
      list.add(new Figure("AUROC " + name, "auroc." + name, e -> at(e.getAurocList(), i), CHANCE));
    }
    list.add(
        new Figure(
            "AUROC any but " + classes.get(0),
            "auroc_readmitted",
            e -> e.getAurocReadmitted(),
            CHANCE));
    for (int c = classes.size() - 1; c >= 0; c--) {
      int i = c;
      String name = classes.get(c);
      list.add(
          new Figure(
              "average precision " + name,
              "average_precision." + name,
              e -> at(e.getAveragePrecisionList(), i),
              shares[c]));
    }
  }

  private void addOutcomes(List<Figure> list) {
    double majority = input.test().getMajorityShare();
    list.add(new Figure("accuracy", "accuracy", e -> e.getAccuracy(), majority));
    list.add(new Figure("macro precision", "macro_precision", e -> e.getMacroPrecision(), NONE));
    list.add(
        new Figure("macro recall", "macro_recall", e -> e.getMacroRecall(), 1.0 / shares.length));
    list.add(new Figure("macro F1", "macro_f1", e -> e.getMacroF1(), NONE));
  }

  /** Without a model, each class has the probability of its share. */
  private void addProbabilities(List<Figure> list) {
    double squares = 0;
    double entropy = 0;
    for (double share : shares) {
      squares += share * share;
      entropy -= share == 0 ? 0 : share * Math.log(share);
    }
    list.add(new Figure("logarithmic loss", "log_loss", e -> e.getLogLoss(), entropy));
    list.add(new Figure("Brier score", "brier", e -> e.getBrier(), 1 - squares));
    list.add(
        new Figure("calibration error", "calibration_error", e -> e.getCalibrationError(), NONE));
  }

  /** What acting on the highest risks would find. */
  String top() {
    Table table =
        Table.of(
            List.of("highest risks", "rows", "right", "of these right", "lift", "of all found"));
    for (TopShare top : input.test().getTopList()) {
      String name = "top." + top.getShare() + ".";
      Map<String, Interval> intervals = input.test().getIntervalsMap();
      table.row(
          List.of(
              percent(top.getShare()),
              Html.count(top.getRows()),
              Html.count(top.getPositives()),
              percent(top.getPositivePredictiveValue())
                  + percents(intervals, name + "positive_predictive_value"),
              number(top.getLift(), 2) + numbers(intervals, name + "lift"),
              percent(top.getRecall()) + percents(intervals, name + "recall")));
    }
    return table.toString();
  }

  private static double at(List<Double> values, int ofClass) {
    return ofClass < values.size() ? values.get(ofClass) : Double.NaN;
  }

  /** From low to high; empty where there is no interval. */
  static String interval(Map<String, Interval> intervals, String name) {
    Interval interval = intervals.get(name);
    return interval == null ? "" : number(interval.getLow()) + " to " + number(interval.getHigh());
  }

  private static String percents(Map<String, Interval> intervals, String name) {
    Interval interval = intervals.get(name);
    return interval == null
        ? ""
        : " (" + percent(interval.getLow()) + " to " + percent(interval.getHigh()) + ")";
  }

  private static String numbers(Map<String, Interval> intervals, String name) {
    Interval interval = intervals.get(name);
    return interval == null
        ? ""
        : " (" + number(interval.getLow(), 2) + " to " + number(interval.getHigh(), 2) + ")";
  }

  static String number(double value) {
    return number(value, 4);
  }

  private static String number(double value, int decimals) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share).replace(".0%", "%");
  }
}
