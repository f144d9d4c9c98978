package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InferenceLogIT {
  private DatabaseSettings settings;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    settings = TestDatabase.empty();
    database = Database.open(settings, Visits.CONTRACT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void appendsPredictionsAsTheyWereAnswered() throws Exception {
    database.inferenceLog().append(List.of(prediction("r-1", "{\"ward\":\"a\\\"b\\\\\"}")));

    assertThat(
            TestDatabase.query(
                settings,
                "SELECT request_id, logged_at AT TIME ZONE 'UTC', model_name, model_alias,"
                    + " model_version, encounter->>'ward', prediction, probabilities->>'>30',"
                    + " probability_most_urgent, risk, latency_micros FROM inference_log"))
        .containsExactly(
            "r-1|2026-01-02 03:04:05.678|readmission|champion|3|a\"b\\|NO|0.29|0.1|MEDIUM|1234");
  }

  @Test
  void appendsAllOrNothing() {
    assertThatThrownBy(
            () ->
                database
                    .inferenceLog()
                    .append(List.of(prediction("r-1", "{}"), prediction("r-2", "no JSON"))))
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("writing inference_log: ");
    assertThat(database.inferenceLog().count()).isZero();
  }

  @Test
  void appendsEachPredictionOfASpoolOnce() throws Exception {
    UUID spool = UUID.randomUUID();

    assertThat(database.inferenceLog().append(spool, spooled(1, 2, 3))).isEqualTo(3);
    assertThat(database.inferenceLog().append(spool, spooled(1, 2, 3))).isZero();
    assertThat(database.inferenceLog().append(spool, spooled(2, 3, 5, 6))).isEqualTo(2);
    assertThat(database.inferenceLog().append(UUID.randomUUID(), spooled(1))).isEqualTo(1);

    assertThat(
            TestDatabase.query(
                settings, "SELECT request_id, count(*) FROM inference_log GROUP BY 1 ORDER BY 1"))
        .containsExactly("r-1|2", "r-2|1", "r-3|1", "r-5|1", "r-6|1");
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT drained_to, rows FROM inference_spool WHERE spool = '" + spool + "'"))
        .containsExactly("6|5");
  }

  @Test
  void doesNotMoveASpoolOnWhereItsPredictionsAreRefused() throws Exception {
    UUID spool = UUID.randomUUID();
    List<SpooledPrediction> refused =
        List.of(
            new SpooledPrediction(1, prediction("r-1", "{}")),
            new SpooledPrediction(2, prediction("r-2", "no JSON")));

    assertThatThrownBy(() -> database.inferenceLog().append(spool, refused))
        .isInstanceOfSatisfying(
            DatabaseException.class, failed -> assertThat(failed.refusesData()).isTrue());

    assertThat(database.inferenceLog().append(spool, spooled(1, 2))).isEqualTo(2);
  }

  @Test
  void deletesWhatIsOldAndStillAccountsForAllThatCame() throws Exception {
    UUID spool = UUID.randomUUID();
    database.inferenceLog().append(spool, spooled(1, 2, 3));
    TestDatabase.execute(
        settings,
        "UPDATE inference_log SET logged_at = '2025-01-01T00:00:00Z' WHERE request_id = 'r-2'");
    Instant moment = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(database.inferenceLog().countBefore(moment)).isEqualTo(1);
    assertThat(database.inferenceLog().prune(moment, "me")).isEqualTo(1);
    assertThat(database.inferenceLog().prune(moment, "me")).isZero();

    assertThat(
            TestDatabase.query(
                settings, "SELECT request_id FROM inference_log ORDER BY request_id"))
        .containsExactly("r-1", "r-3");
    assertThat(TestDatabase.query(settings, "SELECT rows, pruned_by FROM inference_prune"))
        .containsExactly("1|me", "0|me");
    assertThat(database.inferenceLog().append(spool, spooled(1, 2, 3))).isZero();
    assertThat(database.tableAudit().run().findings()).isEmpty();
    TestDatabase.execute(settings, "DELETE FROM inference_log WHERE request_id = 'r-1'");
    assertThat(database.tableAudit().run().findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.what())
                    .startsWith("inference_log: 1 rows (expected: at least 2, as"));
  }

  private static List<SpooledPrediction> spooled(long... sequences) {
    return LongStream.of(sequences)
        .mapToObj(n -> new SpooledPrediction(n, prediction("r-" + n, "{}")))
        .toList();
  }

  private static LoggedPrediction prediction(String requestId, String encounter) {
    return new LoggedPrediction(
        requestId,
        Instant.parse("2026-01-02T03:04:05.678Z"),
        "readmission",
        "champion",
        "3",
        encounter,
        "NO",
        Map.of("NO", 0.61, ">30", 0.29, "<30", 0.1),
        0.1,
        "MEDIUM",
        1234);
  }
}
