package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.split.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A database of every earlier version, as pg_dump wrote it, is brought forward. A dump is never
 * changed: whoever adds a migration adds the dump of what was before.
 */
final class MigrationsIT {
  private static final Path DUMPS = Path.of("src", "test", "resources", "dumps");
  private static final String TABLES =
      "relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace"
          + " AND relname <> 'flyway_schema_history'";
  private static final String SCHEMA =
      "SELECT 'column ' || relname || ' ' || attname || ' ' || format_type(atttypid, atttypmod)"
          + " || ' ' || attnotnull || attidentity::text || coalesce(pg_get_expr(adbin, adrelid), '')"
          + " FROM pg_class JOIN pg_attribute AS a ON attrelid = pg_class.oid LEFT JOIN pg_attrdef"
          + " ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped AND "
          + TABLES
          + " UNION ALL SELECT 'constraint ' || relname || ' ' || conname || ' '"
          + " || pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint JOIN pg_class"
          + " ON pg_class.oid = conrelid WHERE "
          + TABLES
          + " UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class"
          + " ON pg_class.oid = indrelid WHERE "
          + TABLES
          + " UNION ALL SELECT 'sequence ' || sequencename FROM pg_sequences ORDER BY 1";
  // What a run that was cut off had left for itself; the fifth migration drops it.
  private static final String DROPPED = "clean_data_run_plan";

  private static List<String> fresh = List.of();

  static Stream<Path> dumps() throws IOException {
    try (Stream<Path> files = Files.list(DUMPS)) {
      return files.sorted().toList().stream();
    }
  }

  @BeforeAll
  static void makeTablesOfToday() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Database.open(settings, Visits.CONTRACT).close();
    fresh = TestDatabase.query(settings, SCHEMA);
    // Who adds a migration adds a dump.
    assertThat(dumps()).hasSizeGreaterThanOrEqualTo(Database.LATEST_MIGRATION);
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void bringsADatabaseOfAnyEarlierVersionForwardWithAllItsRows(Path dump) throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    TestDatabase.execute(settings, Files.readString(dump));
    Map<String, String> queries = queries(settings);
    Map<String, List<String>> before = rows(settings, queries);
    assertThat(before.get("raw_data")).hasSize(4);

    try (Database database = Database.open(settings, Visits.CONTRACT)) {
      assertThat(rows(settings, queries)).isEqualTo(before);
      assertThat(TestDatabase.query(settings, SCHEMA)).isEqualTo(fresh);
      assertThat(database.copies().migration()).isEqualTo(Database.LATEST_MIGRATION);
      assertThat(database.tableAudit().run().findings()).isEmpty();
      goesOnWith(database);
    }
  }

  private static void goesOnWith(Database database) {
    CleanData clean = database.cleanData();
    assertThat(clean.latestGeneration().orElseThrow().number()).isEqualTo(1);
    assertThat(clean.sides(new long[] {1, 2, 3})).isEqualTo(Map.of(1L, Side.TRAIN, 3L, Side.TRAIN));
    List<Side> sides = new ArrayList<>();
    clean.read((side, row) -> sides.add(side));
    assertThat(sides).containsExactly(Side.TRAIN, Side.TRAIN, Side.TRAIN);
    database
        .rawData()
        .store(
            new IngestBatch("visits.csv", 2, "ee", 7, 330, 430, 2),
            Visits.rows(Visits.visits(10, 11)),
            List.of(),
            "test");
    assertThat(database.rawData().count()).isEqualTo(6);
    assertThat(database.rawData().watermark("visits.csv")).isEqualTo(2);
    database.inferenceLog().append(UUID.randomUUID(), List.of(prediction()));
    assertThat(database.inferenceLog().count()).isEqualTo(2);
    assertThat(database.tableAudit().run().findings()).isEmpty();
  }

  private static SpooledPrediction prediction() {
    return new SpooledPrediction(
        1,
        new LoggedPrediction(
            "r-2",
            Instant.parse("2026-11-22T03:04:05.678Z"),
            "readmission",
            "champion",
            "1",
            "{}",
            "no",
            Map.of("no", 0.75),
            0.25,
            "LOW",
            90));
  }

  /** How all rows of each table are read, in the columns that it has now. */
  private static Map<String, String> queries(DatabaseSettings settings) throws SQLException {
    Map<String, String> queries = new TreeMap<>();
    for (String table :
        TestDatabase.query(
            settings,
            "SELECT relname || ':' || string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM"
                + " pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE attnum > 0 AND "
                + TABLES
                + " AND relname <> '"
                + DROPPED
                + "' GROUP BY relname")) {
      int colon = table.indexOf(':');
      String name = table.substring(0, colon);
      queries.put(
          name,
          "SELECT ROW(" + table.substring(colon + 1) + ")::text FROM " + name + " ORDER BY 1");
    }
    return queries;
  }

  private static Map<String, List<String>> rows(
      DatabaseSettings settings, Map<String, String> queries) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Map.Entry<String, String> query : queries.entrySet()) {
      rows.put(query.getKey(), TestDatabase.query(settings, query.getValue()));
    }
    return rows;
  }
}
