package dev.alta.training.mlflow;

import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.TopShare;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A version's figures by names that MLflow takes: {@code test/mean_auroc}, {@code
 * test/auroc.lt30.low}. The bounds of an interval stand beside their figure.
 */
final class RunFigures {
  private final Map<String, Double> figures = new TreeMap<>();
  private final List<String> classes;

  private RunFigures(List<String> classes) {
    this.classes = classes;
  }

  static Map<String, Double> of(Manifest manifest, List<String> classes) {
    RunFigures run = new RunFigures(classes);
    run.add("validation/", manifest.getValidation());
    run.add("test/", manifest.getTest());
    if (manifest.hasBaseline()) {
      run.add("baseline/", manifest.getBaseline());
    }
    run.add("training_seconds", manifest.getProvenance().getTrainingSeconds());
    run.add("training_rows", (double) manifest.getProvenance().getTrainingRows());
    return run.figures;
  }

  /** MLflow takes letters, digits and a few signs; a class may be called {@code <30}. */
  static String name(String text) {
    return text.replace("<", "lt").replace(">", "gt").replaceAll("[^A-Za-z0-9_. :/-]", "_");
  }

  private void add(String prefix, Evaluation of) {
    add(prefix + "rows", (double) of.getRows());
    add(prefix + "accuracy", of.getAccuracy());
    add(prefix + "mean_auroc", of.getMeanAuroc());
    add(prefix + "auroc_readmitted", of.getAurocReadmitted());
    add(prefix + "mean_average_precision", of.getMeanAveragePrecision());
    add(prefix + "macro_precision", of.getMacroPrecision());
    add(prefix + "macro_recall", of.getMacroRecall());
    add(prefix + "macro_f1", of.getMacroF1());
    add(prefix + "log_loss", of.getLogLoss());
    add(prefix + "brier", of.getBrier());
    add(prefix + "calibration_error", of.getCalibrationError());
    each(prefix + "auroc.", of.getAurocList());
    each(prefix + "average_precision.", of.getAveragePrecisionList());
    for (TopShare top : of.getTopList()) {
      String share = String.format(Locale.ROOT, "top.%s.", top.getShare());
      add(prefix + share + "positive_predictive_value", top.getPositivePredictiveValue());
      add(prefix + share + "lift", top.getLift());
      add(prefix + share + "recall", top.getRecall());
    }
    for (Map.Entry<String, Interval> interval : of.getIntervalsMap().entrySet()) {
      add(prefix + interval.getKey() + ".low", interval.getValue().getLow());
      add(prefix + interval.getKey() + ".high", interval.getValue().getHigh());
    }
  }

  private void each(String prefix, List<Double> values) {
    for (int i = 0; i < Math.min(values.size(), classes.size()); i++) {
      add(prefix + classes.get(i), values.get(i));
    }
  }

  /** What is no number is left out: MLflow's pages cannot draw it. */
  private void add(String name, double value) {
    if (Double.isFinite(value)) {
      figures.put(name(name), value);
    }
  }
}
