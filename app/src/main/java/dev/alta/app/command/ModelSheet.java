package dev.alta.app.command;

import dev.alta.model.registry.VersionState;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** All that is known of a version, for people. */
final class ModelSheet {
  private static final String FIGURES = "  %-24s %10s %10s %20s %10s";
  private static final int SHOWN_OF_DIGEST = 16;

  private final StringJoiner lines = new StringJoiner(System.lineSeparator());
  private final Manifest manifest;

  private ModelSheet(Manifest manifest) {
    this.manifest = manifest;
  }

  static String of(
      Manifest manifest, VersionState state, List<Decision> decisions, List<String> classes) {
    ModelSheet sheet = new ModelSheet(manifest);
    sheet.lines.add(
        manifest.getName() + " version " + manifest.getVersion() + ", " + state.label());
    sheet.provenance(manifest.getProvenance());
    sheet.figures(classes);
    sheet.objects();
    if (!decisions.isEmpty()) {
      sheet.lines.add("decisions");
      decisions.forEach(
          decision ->
              sheet.lines.add(
                  "  version " + decision.getVersion() + " " + DecisionWords.of(decision)));
    }
    return sheet.lines.toString();
  }

  private void provenance(Provenance from) {
    line("run", manifest.getRun());
    line("made", manifest.getCreatedAt());
    line(
        "data",
        String.format(
            Locale.ROOT,
            "generation %d of clean_data, %,d training rows, sha256 %s…",
            from.getDataGeneration(),
            from.getTrainingRows(),
            start(from.getDataSha256())));
    line("trainer", from.getTrainer() + ", seed " + from.getSeed());
    line("settings", new TreeMap<>(from.getSettingsMap()).toString());
    line("code", from.getCodeVersion() + ", " + from.getJvm());
    line("workflow", from.getWorkflow());
    line("reads", manifest.getSignatureCount() + " columns");
    if (manifest.hasTestWithoutHistory()) {
      line(
          "without",
          String.format(
              Locale.ROOT,
              "earlier encounters, on the test rows: mean AUROC %.4f",
              manifest.getTestWithoutHistory().getMeanAuroc()));
    }
  }

  private void figures(List<String> classes) {
    lines.add(
        String.format(
            Locale.ROOT, FIGURES, "figures", "validation", "test", "95% interval", "baseline"));
    Map<String, ToDoubleFunction<Evaluation>> figures = new LinkedHashMap<>();
    figures.put("mean_auroc", Evaluation::getMeanAuroc);
    for (int i = 0; i < classes.size(); i++) {
      int c = i;
      figures.put(
          "auroc." + classes.get(i), e -> c < e.getAurocCount() ? e.getAuroc(c) : Double.NaN);
    }
    figures.put("auroc_readmitted", Evaluation::getAurocReadmitted);
    figures.put("accuracy", Evaluation::getAccuracy);
    figures.put("mean_average_precision", Evaluation::getMeanAveragePrecision);
    figures.put("macro_f1", Evaluation::getMacroF1);
    figures.put("log_loss", Evaluation::getLogLoss);
    figures.put("brier", Evaluation::getBrier);
    figures.put("calibration_error", Evaluation::getCalibrationError);
    figures.forEach(this::figure);
  }

  private void figure(String name, ToDoubleFunction<Evaluation> figure) {
    Interval none = Interval.getDefaultInstance();
    Interval interval = manifest.getTest().getIntervalsOrDefault(name, none);
    lines.add(
        String.format(
            Locale.ROOT,
            FIGURES,
            name,
            number(figure.applyAsDouble(manifest.getValidation())),
            number(figure.applyAsDouble(manifest.getTest())),
            interval.equals(none)
                ? ""
                : number(interval.getLow()) + " to " + number(interval.getHigh()),
            manifest.hasBaseline() ? number(figure.applyAsDouble(manifest.getBaseline())) : ""));
  }

  private void objects() {
    lines.add("objects");
    for (StoredObject object : manifest.getObjectsList()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-24s %,12d bytes  sha256 %s…",
              object.getName(),
              object.getSize(),
              start(object.getSha256())));
    }
  }

  private void line(String name, String value) {
    if (!value.isEmpty()) {
      lines.add(String.format(Locale.ROOT, "  %-16s %s", name, value));
    }
  }

  /** A version that an earlier Alta made has not all figures. */
  private static String number(double value) {
    return value == 0 ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String start(String digest) {
    return digest.substring(0, Math.min(SHOWN_OF_DIGEST, digest.length()));
  }
}
