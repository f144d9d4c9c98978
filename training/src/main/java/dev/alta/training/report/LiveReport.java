package dev.alta.training.report;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.proto.v1.ClassCurves;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.evaluate.Curves;
import dev.alta.training.live.LiveVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the versions of a model do in the hospital: live figures beside those of the test rows,
 * calibration, predictions and outcomes over time, drift of what is asked. Sums only: no row and no
 * patient.
 */
public final class LiveReport {
  private final Contract contract;
  private final List<String> labels;
  private final Page page;

  private LiveReport(Contract contract, String model) {
    this.contract = contract;
    this.labels = contract.target().values().stream().map(Column.Value::label).toList();
    this.page = new Page("Live report: " + model);
  }

  /**
   * The report as one HTML page.
   *
   * @param model its name
   * @param since from when on predictions were looked at
   * @param versions that have answered since, the newest first
   */
  public static String html(
      Contract contract, String model, Instant since, Instant now, List<LiveVersion> versions) {
    LiveReport report = new LiveReport(contract, model);
    report.page.say(
        "Predictions that were answered from "
            + day(since)
            + " to "
            + day(now)
            + " (UTC), beside what really happened.");
    if (versions.isEmpty()) {
      report.page.say("Nothing was answered in that time.");
    }
    versions.forEach(report::version);
    return report.page.toString();
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private void version(LiveVersion version) {
    page.section("Version " + version.version(), words(version)).facts(facts(version));
    page.open();
    figures(version);
    PeriodPictures.of(version, labels.get(labels.size() - 1))
        .forEach((heading, picture) -> page.card(heading, "", picture));
    DriftCards.addTo(page, contract, version);
    page.close();
  }

  private static Map<String, String> facts(LiveVersion version) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("predictions", Html.count(version.served()));
    facts.put("encounters with an outcome", Html.count(version.outcomes()));
    version
        .figures()
        .ifPresent(
            live -> {
              facts.put("live mean AUROC", FigureTable.number(live.getMeanAuroc()));
              facts.put("calibration error", FigureTable.number(live.getCalibrationError()));
            });
    version
        .drift()
        .ifPresent(drift -> facts.put("mean stability index", FigureTable.number(drift.mean())));
    return facts;
  }

  private static String words(LiveVersion version) {
    String outcomes =
        version.shortage().map(missing -> "Too few to measure: " + missing + ".").orElse("");
    return version.manifest().isPresent()
        ? outcomes.isEmpty()
            ? "Trained on " + version.manifest().get().getCreatedAt().substring(0, 10) + "."
            : outcomes
        : "The registry does not have this version. " + outcomes;
  }

  private void figures(LiveVersion version) {
    if (version.figures().isEmpty()) {
      return;
    }
    Evaluation live = version.figures().get();
    Evaluation test =
        version.manifest().map(found -> found.getTest()).orElse(Evaluation.getDefaultInstance());
    page.card(
        "Figures",
        "Of "
            + Html.count(live.getRows())
            + " encounters of "
            + Html.count(live.getPatients())
            + " patients; intervals from a bootstrap over patients.",
        LiveTable.of(contract, labels, live, test));
    List<ClassCurves> curves = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      curves.add(Curves.of(version.scores().scores(), c, contract.classes().get(c)));
    }
    ClassPictures pictures = new ClassPictures(curves, labels);
    String key = Page.key(labels);
    page.card("ROC curves", "", key + pictures.roc());
    page.card("Probabilities by actual class", "", key + pictures.risk());
    for (int c = labels.size() - 1; c >= 0; c--) {
      page.card(
          "Reliability: " + labels.get(c),
          "Ten groups of equal size by their probability; on the diagonal probabilities are right.",
          pictures.reliability(c).toString());
    }
  }
}
