package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.split.Side;
import dev.alta.database.SplitPlans.Visit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CopiesIT {
  /** What a snapshot gave. */
  private record Copied(
      List<CopiedTable> tables, Map<String, Long> numbers, Map<String, String> rows) {}

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
  void knowsEveryTableThatThereIs() throws Exception {
    List<String> known = new ArrayList<>(AltaTables.FIXED);
    known.addAll(AltaTables.UNDER_WAY);
    known.addAll(List.of("raw_data", "clean_data", "contract", "flyway_schema_history"));

    assertThat(
            TestDatabase.query(
                settings,
                "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
                    + " AND relnamespace = current_schema()::regnamespace"))
        .containsExactlyInAnyOrderElementsOf(known);
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()"
                    + " AND NOT EXISTS (SELECT FROM pg_depend WHERE deptype = 'i'"
                    + " AND objid = sequencename::regclass)"))
        .containsExactly(AltaTables.RUN_NUMBERS);
  }

  @Test
  void bringsEveryRowBackAndGoesOnCounting() throws Exception {
    fill();
    Copied copied = copy(database);
    DatabaseSettings other = TestDatabase.empty();
    try (Database restored = Database.open(other, Visits.CONTRACT)) {
      assertThat(restored.copies().occupied()).isEmpty();
      assertThat(write(restored, copied)).isPositive();

      assertThat(restored.copies().occupied()).contains("ingest_batch");
      assertThat(copy(restored)).isEqualTo(copied);
      assertThat(restored.runs().begin(start(), "[local]"))
          .isEqualTo(database.runs().begin(start(), "[local]"));
      store(restored, 7);
      assertThat(restored.rawData().count()).isEqualTo(30);
      ScoreTable table = restored.scoreTable("risk");
      table.publish(table.begin(), Map.of());
      publish(restored);
      assertThat(restored.cleanData().latestGeneration().orElseThrow().number()).isEqualTo(2);
    }
  }

  @Test
  void replacesWhatIsThere() throws Exception {
    fill();
    Copied copied = copy(database);
    store(database, 9);
    ScoreTable another = database.scoreTable("another");
    another.publish(another.begin(), Map.of());
    database.scoreTable("risk").begin();

    write(database, copied);

    assertThat(copy(database)).isEqualTo(copied);
    assertThat(TestDatabase.query(settings, "SELECT to_regclass('another')"))
        .containsExactly("null");
  }

  @Test
  void isOfOneMomentWhateverIsWrittenMeanwhile() throws Exception {
    store(database, 1);
    String rows =
        database
            .copies()
            .read(
                snapshot -> {
                  store(database, 2);
                  database.runs().begin(start(), "[local]");
                  return snapshot.tables().stream()
                      .filter(
                          table -> List.of("ingest_batch", "pipeline_run").contains(table.name()))
                      .map(table -> text(snapshot, table))
                      .reduce("", String::concat);
                });
    assertThat(rows).hasLineCount(1).contains("visits\t1\t");
  }

  @Test
  void bringsColumnsBackThatHaveLeftTheContract() throws Exception {
    store(database, 1);
    TestDatabase.execute(settings, "ALTER TABLE raw_data ADD COLUMN shoe_size integer DEFAULT 43");
    Copied copied = copy(database);
    DatabaseSettings other = TestDatabase.empty();
    try (Database restored = Database.open(other, Visits.CONTRACT)) {
      write(restored, copied);
    }
    assertThat(TestDatabase.query(other, "SELECT DISTINCT shoe_size FROM raw_data"))
        .containsExactly("43");
  }

  @Test
  void changesNothingWhereSomethingDoesNotFit() throws Exception {
    fill();
    Copied copied = copy(database);
    Map<String, String> damaged = new LinkedHashMap<>(copied.rows());
    damaged.put("pipeline_run", "no row\n");

    assertThatThrownBy(
            () -> write(database, new Copied(copied.tables(), copied.numbers(), damaged)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("restoring the tables: ");
    assertThat(copy(database)).isEqualTo(copied);
  }

  @Test
  void takesNamesForNamesOnly() throws Exception {
    Copied copied = copy(database);
    List<CopiedTable> tables = new ArrayList<>(copied.tables());
    tables.add(new CopiedTable("risk; DROP TABLE raw_data", List.of()));

    assertThatThrownBy(() -> write(database, new Copied(tables, copied.numbers(), copied.rows())))
        .hasMessageStartingWith("table risk; DROP TABLE raw_data (expected: ");
    assertThatThrownBy(
            () ->
                write(
                    database,
                    new Copied(
                        List.of(new CopiedTable("flyway_schema_history", List.of())),
                        copied.numbers(),
                        copied.rows())))
        .hasMessageStartingWith("tables [flyway_schema_history] (expected: ");
  }

  @Test
  void migratesWhatAnOlderAltaHasCopied() throws Exception {
    DatabaseSettings old = TestDatabase.empty();
    DatabaseSettings other = TestDatabase.empty();
    Copied copied;
    try (Database older = Database.open(old, Visits.CONTRACT, 9)) {
      assertThat(older.copies().migration()).isEqualTo(9);
      store(older, 1);
      copied = copy(older);
    }
    try (Database restored = Database.open(other, Visits.CONTRACT, 9)) {
      write(restored, copied);
    }
    try (Database restored = Database.open(other, Visits.CONTRACT)) {
      assertThat(restored.copies().migration()).isEqualTo(Database.LATEST_MIGRATION);
      // Beside them, the empty tables of later migrations.
      Copied migrated = copy(restored);
      assertThat(migrated.tables()).containsAll(copied.tables());
      assertThat(migrated.numbers()).containsAllEntriesOf(copied.numbers());
      assertThat(migrated.rows()).containsAllEntriesOf(copied.rows());
    }
    assertThatThrownBy(() -> Database.open(other, Visits.CONTRACT, 99))
        .hasMessageContaining("migration 99 (expected: 1 to ");
  }

  private void fill() {
    store(database, 1);
    store(database, 2);
    publish(database);
    ScoreTable table = database.scoreTable("risk");
    long scores = table.begin();
    table.write(
        scores,
        0,
        new ScoreTable.ScoredBy("visits", "champion", "3"),
        List.of(),
        List.of(new UnscoredRow("v.csv", 7, List.of(), "tab\there, \\ and \"there\"")));
    table.publish(scores, Map.of(0L, 0L));
    Workflows.Self ann = new Workflows.Self("ann", "here", 1, holder -> false);
    Hold hold = ((Claim.Taken) database.workflows().begin("retrain", "{}", ann)).hold();
    database.workflows().log(hold, "ingest", "line\nbreak");
    database
        .runs()
        .begin(
            new RunStart("prepare", "clean_data", "ann", OptionalLong.of(hold.workflow())),
            "[local]");
    database.inferenceLog().append(UUID.randomUUID(), List.of(prediction()));
  }

  private static void publish(Database into) {
    List<Visit> visits =
        LongStream.rangeClosed(1, 10)
            .mapToObj(id -> new Visit(id, List.of(Side.values()).get((int) (id / 2 % 3))))
            .toList();
    CleanData clean = into.cleanData();
    Set<Long> kept =
        clean.sides(visits.stream().mapToLong(visit -> visit.id() / 2).toArray()).keySet();
    try (CleanDataDraft draft = clean.begin("input", visits.size())) {
      clean.write(
          draft.run(),
          1,
          batch -> visits.forEach(visit -> batch.keep(Visits.clean(visit.id()), visit.side())));
      assertThat(clean.publish(draft.run(), SplitPlans.of(visits, kept), "{}", made -> {}))
          .isInstanceOf(Publication.Published.class);
    }
  }

  private static SpooledPrediction prediction() {
    return new SpooledPrediction(
        1,
        new LoggedPrediction(
            "r-1",
            Instant.parse("2026-01-02T03:04:05.678Z"),
            "readmission",
            "champion",
            "3",
            "{\"ward\":\"a\\\"b\\\\\"}",
            "NO",
            Map.of("NO", 0.61),
            0.1,
            "MEDIUM",
            1234));
  }

  private static RunStart start() {
    return new RunStart("ingest", "x", "ann", OptionalLong.empty());
  }

  private static void store(Database into, int number) {
    into.rawData()
        .store(
            new IngestBatch("visits", number, "digest " + number, 2, 0, 9, 10),
            Visits.rows(Visits.visits(number * 10L, number * 10L + 9)),
            List.of(),
            "test");
  }

  private static Copied copy(Database from) throws IOException {
    return from.copies()
        .read(
            snapshot -> {
              Map<String, String> rows = new LinkedHashMap<>();
              snapshot.tables().forEach(table -> rows.put(table.name(), text(snapshot, table)));
              return new Copied(snapshot.tables(), snapshot.numbers(), rows);
            });
  }

  private static String text(Snapshot snapshot, CopiedTable table) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      long rows = snapshot.copy(table, out);
      assertThat(out.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(rows);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static long write(Database into, Copied copied) throws IOException {
    return into.copies()
        .write(
            copied.tables(),
            copied.numbers(),
            table ->
                new ByteArrayInputStream(
                    String.valueOf(copied.rows().get(table.name()))
                        .getBytes(StandardCharsets.UTF_8)));
  }
}
