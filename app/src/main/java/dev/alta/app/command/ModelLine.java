package dev.alta.app.command;

import dev.alta.model.registry.VersionState;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A version in a list.
 *
 * @param manifest empty where it cannot be read
 * @param decisions about it, from the first on
 * @param damage why the manifest cannot be read
 */
record ModelLine(
    int version,
    VersionState state,
    Optional<Manifest> manifest,
    List<Decision> decisions,
    Optional<String> damage) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final String ROW = "%7s  %-10s %-20s %-16s %10s %8s %11s %9s %12s";

  static String table(List<ModelLine> lines) {
    if (lines.isEmpty()) {
      return "No versions yet.";
    }
    StringJoiner table = new StringJoiner(System.lineSeparator());
    table.add(
        String.format(
            Locale.ROOT,
            ROW,
            "version",
            "state",
            "run",
            "made",
            "mean AUROC",
            "baseline",
            "readmitted",
            "accuracy",
            "calibration"));
    for (ModelLine line : lines) {
      table.add(line.text());
      line.lastReason().ifPresent(reason -> table.add(" ".repeat(9) + reason));
    }
    return table.toString();
  }

  private String text() {
    if (manifest.isEmpty()) {
      return String.format(Locale.ROOT, "%7d  %-10s %s", version, state.label(), damage.orElse(""));
    }
    Manifest found = manifest.get();
    Evaluation test = found.getTest();
    return String.format(
        Locale.ROOT,
        ROW,
        version,
        state.label(),
        found.getRun().isEmpty() ? "-" : found.getRun(),
        TIME.format(Instant.parse(found.getCreatedAt())),
        figure(test.getMeanAuroc()),
        found.hasBaseline() ? figure(found.getBaseline().getMeanAuroc()) : "-",
        figure(test.getAurocReadmitted()),
        figure(test.getAccuracy()),
        figure(test.getCalibrationError()));
  }

  private Optional<String> lastReason() {
    return decisions.isEmpty()
        ? Optional.empty()
        : Optional.of(DecisionWords.of(decisions.get(decisions.size() - 1)));
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", version);
    fields.put("state", state.label());
    fields.put("damage", damage);
    manifest.ifPresent(
        found -> {
          fields.put("run", found.getRun());
          fields.put("created_at", found.getCreatedAt());
          fields.put("mean_auroc", found.getTest().getMeanAuroc());
          fields.put(
              "baseline_mean_auroc",
              found.hasBaseline()
                  ? Optional.of(found.getBaseline().getMeanAuroc())
                  : Optional.empty());
          fields.put("auroc", found.getTest().getAurocList());
          fields.put("auroc_readmitted", found.getTest().getAurocReadmitted());
          fields.put("accuracy", found.getTest().getAccuracy());
          fields.put("calibration_error", found.getTest().getCalibrationError());
          fields.put("test_rows", found.getTest().getRows());
          fields.put("data_generation", found.getProvenance().getDataGeneration());
        });
    fields.put("decision", lastReason());
    return fields;
  }

  /** A version that an earlier Alta made has not all figures. */
  private static String figure(double value) {
    return value == 0 ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
