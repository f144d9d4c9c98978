package dev.alta.app.command;

import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.Comparison;
import dev.alta.proto.v1.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Two versions side by side.
 *
 * @param generation of clean_data whose test rows both have scored; 0 where they have not
 * @param notScored why they have not
 */
record ModelComparison(
    int first,
    int second,
    List<Comparison> comparisons,
    long generation,
    Optional<String> notScored) {
  private static final String ROW = "%-18s %12s %12s %12s  %s";

  /** The figures that each was published with. */
  static ModelComparison ofStored(
      StoredModel one, StoredModel other, List<String> classes, String notScored) {
    Evaluation first = one.manifest().getTest();
    Evaluation second = other.manifest().getTest();
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(comparison("mean_auroc", first.getMeanAuroc(), second.getMeanAuroc()));
    for (int c = 0; c < classes.size(); c++) {
      comparisons.add(comparison("auroc." + classes.get(c), first.getAuroc(c), second.getAuroc(c)));
    }
    comparisons.add(
        comparison("auroc_readmitted", first.getAurocReadmitted(), second.getAurocReadmitted()));
    comparisons.add(comparison("accuracy", first.getAccuracy(), second.getAccuracy()));
    comparisons.add(
        comparison("calibration_error", first.getCalibrationError(), second.getCalibrationError()));
    return new ModelComparison(
        one.version(), other.version(), comparisons, 0, Optional.of(notScored));
  }

  String table() {
    StringJoiner table = new StringJoiner(System.lineSeparator());
    table.add(
        notScored
            .map(why -> "The test rows were not scored, since " + why + ". As published:")
            .orElseGet(
                () ->
                    String.format(
                        Locale.ROOT,
                        "%,d test rows of generation %d of clean_data, scored by both",
                        comparisons.get(0).getRows(),
                        generation)));
    table.add(
        String.format(
            Locale.ROOT,
            ROW,
            "",
            "version " + first,
            "version " + second,
            "difference",
            notScored.isPresent() ? "" : "95% interval"));
    comparisons.forEach(comparison -> table.add(line(comparison)));
    return table.toString();
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("first", first);
    fields.put("second", second);
    fields.put("scored", notScored.isEmpty());
    fields.put("not_scored_since", notScored);
    fields.put("data_generation", generation);
    fields.put("figures", comparisons.stream().map(ModelComparison::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Comparison comparison) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("figure", comparison.getFigure());
    fields.put("first", comparison.getReference());
    fields.put("second", comparison.getCandidate());
    fields.put("difference", comparison.getDifference());
    if (comparison.hasInterval()) {
      fields.put("low", comparison.getInterval().getLow());
      fields.put("high", comparison.getInterval().getHigh());
    }
    return fields;
  }

  private static String line(Comparison comparison) {
    String interval =
        comparison.hasInterval()
            ? String.format(
                Locale.ROOT,
                "%+.4f to %+.4f",
                comparison.getInterval().getLow(),
                comparison.getInterval().getHigh())
            : "";
    return String.format(
            Locale.ROOT,
            ROW,
            comparison.getFigure(),
            String.format(Locale.ROOT, "%.4f", comparison.getReference()),
            String.format(Locale.ROOT, "%.4f", comparison.getCandidate()),
            String.format(Locale.ROOT, "%+.4f", comparison.getDifference()),
            interval)
        .stripTrailing();
  }

  private static Comparison comparison(String figure, double first, double second) {
    return Comparison.newBuilder()
        .setFigure(figure)
        .setReference(first)
        .setCandidate(second)
        .setDifference(second - first)
        .build();
  }
}
