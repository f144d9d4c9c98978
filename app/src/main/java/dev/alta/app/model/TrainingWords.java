package dev.alta.app.model;

import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.TrainedVersion;
import dev.alta.training.TrainingResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What is said of a training, in a line, a table, and as fields for JSON. */
public final class TrainingWords {
  private static final String ROW = "%7s  %-22s %11s %11s %11s %11s %11s %11s";

  private TrainingWords() {}

  /** In a line: versions, trees, rows. */
  public static String line(TrainingResult result) {
    return result.versions().stream().map(TrainingWords::line).collect(Collectors.joining("; "));
  }

  private static String line(TrainedVersion version) {
    return String.format(
        Locale.ROOT,
        "version %d: %,d trees on %,d features and %,d rows",
        version.number(),
        version.trees(),
        version.features(),
        version.manifest().getProvenance().getTrainingRows());
  }

  /** The figures of the test rows of all versions, and of the baseline. */
  public static String table(TrainingResult result) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(
        String.format(
            Locale.ROOT,
            ROW,
            "version",
            "run",
            "mean AUROC",
            "most urgent",
            "readmitted",
            "accuracy",
            "log loss",
            "calibration"));
    for (Manifest manifest : result.manifests()) {
      lines.add(row(manifest.getVersion(), manifest.getRun(), manifest.getTest()));
    }
    lines.add(row("", "logistic regression", result.manifests().get(0).getBaseline()));
    return lines.toString();
  }

  private static String row(String version, String run, Evaluation test) {
    return String.format(
        Locale.ROOT,
        ROW,
        version,
        run,
        figure(test.getMeanAuroc()),
        figure(test.getAuroc(test.getAurocCount() - 1)),
        figure(test.getAurocReadmitted()),
        figure(test.getAccuracy()),
        figure(test.getLogLoss()),
        figure(test.getCalibrationError()));
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A version's fields. */
  public static Map<String, Object> fields(TrainedVersion version) {
    Manifest manifest = version.manifest();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", version.number());
    fields.put("run", manifest.getRun());
    fields.put("trees", version.trees());
    fields.put("features", version.features());
    fields.put("training_rows", manifest.getProvenance().getTrainingRows());
    fields.put("settings", new LinkedHashMap<>(manifest.getProvenance().getSettingsMap()));
    fields.put("validation", fields(manifest.getValidation()));
    fields.put("test", fields(manifest.getTest()));
    fields.put("baseline", fields(manifest.getBaseline()));
    return fields;
  }

  private static Map<String, Object> fields(Evaluation evaluation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", evaluation.getRows());
    fields.put("mean_auroc", evaluation.getMeanAuroc());
    fields.put("auroc", evaluation.getAurocList());
    fields.put("auroc_readmitted", evaluation.getAurocReadmitted());
    fields.put("accuracy", evaluation.getAccuracy());
    fields.put("majority_share", evaluation.getMajorityShare());
    fields.put("macro_f1", evaluation.getMacroF1());
    fields.put("log_loss", evaluation.getLogLoss());
    fields.put("brier", evaluation.getBrier());
    fields.put("calibration_error", evaluation.getCalibrationError());
    return fields;
  }
}
