package dev.alta.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.drift.ColumnDrift;
import dev.alta.core.drift.DriftBin;
import dev.alta.core.drift.InputDrift;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.dataset.RowFacts;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.evaluate.Scores;
import dev.alta.training.live.LiveScores;
import dev.alta.training.live.LiveVersion;
import dev.alta.training.live.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LiveReportTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final Instant SINCE = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-04T00:00:00Z");

  private static LiveScores scores(int rows) {
    Random random = new Random(2);
    Scores scores = new Scores(3, rows);
    RowFacts facts = new RowFacts(CONTRACT, rows);
    for (int i = 0; i < rows; i++) {
      double urgent = random.nextDouble() / 3;
      scores.add(
          new double[] {0.6 - urgent, 0.4, urgent}, random.nextDouble() < urgent ? 2 : i % 2);
      Row row = new Row(CONTRACT);
      row.put(CONTRACT.key(), 900_000_000L + i);
      row.put(CONTRACT.patient(), 800_000_000L + i / 2);
      facts.add(row);
    }
    return new LiveScores(scores, facts, Collections.nCopies(rows, SINCE));
  }

  private static LiveVersion version(LiveScores scores, Optional<String> shortage) {
    Optional<Evaluation> figures =
        shortage.isPresent()
            ? Optional.empty()
            : Optional.of(
                Evaluator.evaluate(
                    "live", scores.scores(), scores.rows(), CONTRACT.classes(), 50, 1));
    ColumnDrift age =
        new ColumnDrift(
            "age", 0.31, 0.05, List.of(new DriftBin("[70-80)", 300, 10), new DriftBin("x", 1, 2)));
    List<Long> judged = new ArrayList<>();
    for (long n : scores.ofClass()) {
      judged.add(n);
    }
    return new LiveVersion(
        "7",
        Optional.of(
            Manifest.newBuilder().setCreatedAt("2026-05-01T00:00:00Z").setVersion("7").build()),
        1_234,
        List.of(
            new Period(LocalDate.parse("2026-06-01"), 1_000, 0.1, 300, 0.11, 40),
            new Period(LocalDate.parse("2026-06-02"), 0, Double.NaN, 0, Double.NaN, 0),
            new Period(LocalDate.parse("2026-06-03"), 234, 0.12, 0, Double.NaN, 0)),
        false,
        Optional.of(new InputDrift(1_234, 5_000, List.of(age))),
        judged,
        shortage,
        figures,
        scores);
  }

  @Test
  void showsFiguresCalibrationTimeAndDrift() {
    String html =
        LiveReport.html(
            CONTRACT, "readmission", SINCE, NOW, List.of(version(scores(300), Optional.empty())));
    assertThat(html)
        .contains("Live report: readmission", "from 2026-06-01 to 2026-06-04 (UTC)")
        .contains("<h2>Version 7</h2>", "1,234", "Trained on 2026-05-01.")
        .contains("AUROC, mean over the classes", "Calibration error", "ROC curves")
        .contains("Reliability: ", "Predictions by day", "days since 2026-06-01")
        .contains("Drift of the inputs", "Drift: Age", "0.310", "1 beyond 0.1 and chance")
        .doesNotContain("NaN", "Infinity", "http://", "https://", "900000", "800000");
    assertThat(html.length()).isLessThan(300_000);
  }

  @Test
  void saysWhereThereAreTooFewOutcomes() {
    String few = "3 outcomes (expected: at least 30 of each class)";
    String html =
        LiveReport.html(
            CONTRACT, "readmission", SINCE, NOW, List.of(version(scores(3), Optional.of(few))));
    assertThat(html)
        .contains("Too few to measure: " + few + ".", "Predictions by day")
        .doesNotContain("ROC curves", "NaN");
    assertThat(LiveReport.html(CONTRACT, "readmission", SINCE, NOW, List.of()))
        .contains("Nothing was answered in that time.");
  }
}
