package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Texts of callers, files and people that would do harm if they were read as SQL. */
final class NastyNamesIT {
  private static final String NASTY =
      "'; DROP TABLE raw_data; -- \"; DROP TABLE raw_data; -- O'Brien \"x\" \\' \\\\ $1 ? :a {d} %s $$"
          + " \\. \\N tab\tand\nlines\r\n\\.\n\\N\n/* ' */ \u2019 \uFF07 \u00e9 \u6f22 \ud834\udd1e";

  @Test
  void comeBackAsTheyWentIn() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    try (Database database = Database.open(settings, Visits.CONTRACT)) {
      database
          .rawData()
          .store(
              new IngestBatch(NASTY, 1, NASTY, 2, 0, 9, 2),
              Visits.rows(List.of(visit(NASTY))),
              List.of(
                  new RejectedRow(
                      3,
                      RejectedRow.Reason.FORMAT,
                      List.of(new Violation(NASTY, NASTY, NASTY)),
                      NASTY)),
              NASTY);
      database.runs().begin(new RunStart("ingest", NASTY, NASTY, OptionalLong.empty()), NASTY);
      database.inferenceLog().append(UUID.randomUUID(), List.of(prediction()));

      for (String column :
          List.of(
              "cause FROM raw_data",
              "source FROM ingest_batch",
              "content_sha256 FROM ingest_batch",
              "created_by FROM ingest_batch",
              "raw_text FROM rejected_rows",
              "reasons -> 0 ->> 'column' FROM rejected_rows",
              "source FROM source_watermark",
              "subject FROM pipeline_run",
              "started_by FROM pipeline_run",
              "request_id FROM inference_log",
              "model_alias FROM inference_log",
              "prediction FROM inference_log")) {
        assertThat(TestDatabase.query(settings, "SELECT " + column))
            .as(column)
            .containsExactly(NASTY);
      }
      assertThat(database.rawData().watermark(NASTY)).isEqualTo(1);
      assertThat(database.tableAudit().run().findings()).isEmpty();
      assertThatThrownBy(() -> database.scoreTable(NASTY))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("(expected: a letter, then up to 30 of a-z, 0-9 and _)");
      String table = "a\"; DROP TABLE raw_data; --";
      TestDatabase.execute(settings, "CREATE TABLE " + ContractTables.quoted(table) + " ()");
      assertThat(
              TestDatabase.query(
                  settings, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnatts = 0"))
          .containsExactly(table);
    }
  }

  /** As if the contract let it through. */
  private static Row visit(String cause) {
    Row row = Visits.visit(1);
    row.put(Visits.CONTRACT.column("cause"), cause);
    return row;
  }

  private static SpooledPrediction prediction() {
    return new SpooledPrediction(
        1,
        new LoggedPrediction(
            NASTY,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            NASTY,
            NASTY,
            NASTY,
            "{}",
            NASTY,
            Map.of(NASTY, 0.5),
            0.5,
            NASTY,
            1));
  }
}
