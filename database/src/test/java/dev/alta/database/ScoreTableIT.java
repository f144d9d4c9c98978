package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScoreTableIT {
  private static final ScoreTable.ScoredBy MODEL =
      new ScoreTable.ScoredBy("visits", "champion", "3");

  private DatabaseSettings settings;
  private Database database;
  private ScoreTable table;

  @BeforeEach
  void open() throws Exception {
    settings = TestDatabase.empty();
    database = Database.open(settings, Visits.CONTRACT);
    table = database.scoreTable("risk");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void showsARunOnlyOnceItIsPublished() throws Exception {
    long first = table.begin();
    table.write(first, 0, MODEL, List.of(scored("1"), scored("2")), List.of());
    assertThat(query("SELECT count(*) FROM risk")).containsExactly("0");
    table.publish(first, Map.of(0L, 0L));
    TestDatabase.execute(settings, "CREATE VIEW seen AS SELECT visit_id FROM risk");

    long second = table.begin();
    table.write(second, 0, MODEL, List.of(scored("3")), List.of());
    assertThat(query("SELECT * FROM seen ORDER BY 1")).containsExactly("1", "2");
    table.publish(second, Map.of(0L, 0L));
    assertThat(query("SELECT * FROM seen")).containsExactly("3");
    table.publish(second, Map.of(0L, 0L)); // a retry
    assertThat(query("SELECT * FROM seen")).containsExactly("3");
    assertThat(
            query(
                "SELECT visit_id, person, prediction, probabilities->>'yes',"
                    + " probability_readmitted, probability_within_30_days, risk, risk_percentile,"
                    + " reasons->0->>'value', model_name, model_alias, model_version FROM risk"))
        .containsExactly("3|null|yes|0.75|0.75|0.75|HIGH|99.5|a\"b|visits|champion|3");
  }

  @Test
  void takesTheLastAttemptAtAPartAndDropsPartsOfAttemptsGivenUp() throws Exception {
    long run = table.begin();
    table.write(run, 0, MODEL, List.of(scored("1"), scored("2")), List.of(unscored(7)));
    table.write(run, 5, MODEL, List.of(scored("9")), List.of(unscored(9)));
    table.write(run, 0, MODEL, List.of(scored("1")), List.of(unscored(8)));
    table.publish(run, Map.of(0L, 100L));
    assertThat(query("SELECT visit_id FROM risk")).containsExactly("1");
    assertThat(query("SELECT source, line, reasons->0->>'column', raw_text FROM risk_rejects"))
        .containsExactly("v.csv|108|ward|raw");
    assertThat(table.counts(run)).isEqualTo(new ScoreTable.Counts(1, 1));
  }

  @Test
  void publishesNothingWhereAPartIsMissing() throws Exception {
    long run = table.begin();
    table.write(run, 0, MODEL, List.of(scored("1")), List.of());
    assertThatThrownBy(() -> table.publish(run, Map.of(0L, 0L, 1L, 0L)))
        .isInstanceOf(DatabaseException.class)
        .hasMessage("risk: 1 parts are there (expected: 2)");
    assertThat(query("SELECT count(*) FROM risk")).containsExactly("0");
  }

  @Test
  void letsTheLatestOfSeveralRunsWin() {
    long first = table.begin();
    long second = table.begin();
    assertThatThrownBy(() -> table.write(first, 0, MODEL, List.of(scored("1")), List.of()))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("risk_run_" + first);
    table.write(second, 0, MODEL, List.of(scored("2")), List.of());
    table.publish(second, Map.of(0L, 0L));
    assertThat(table.counts(second).scored()).isEqualTo(1);
  }

  @Test
  void touchesNoTableThatIsSomebodyElses() throws Exception {
    TestDatabase.execute(settings, "CREATE TABLE mine (a int)");
    for (String name : List.of("mine", "raw_data", "clean_data", "contract")) {
      assertThatThrownBy(() -> database.scoreTable(name).begin())
          .isInstanceOf(DatabaseException.class)
          .hasMessageStartingWith("table " + name + ": there, but not made by scoring");
    }
    for (String name : List.of("", "A", "x; DROP TABLE mine", "x".repeat(32), "x_rejects")) {
      assertThatThrownBy(() -> database.scoreTable(name))
          .isInstanceOf(DatabaseException.class)
          .hasMessageStartingWith("table " + name + " (expected: a letter");
    }
  }

  @Test
  void readsAQueryButLetsItChangeNothing() throws Exception {
    Queries queries = database.queries();
    List<String> rows = new ArrayList<>();
    String sql = "SELECT n AS a, NULLIF(n, 2)::text AS b FROM generate_series(1, 3) n";
    assertThat(queries.columns(sql)).containsExactly("a", "b");
    queries.read(sql, values -> rows.add(values.toString()));
    assertThat(rows).containsExactly("[1, 1]", "[2, null]", "[3, 3]");

    TestDatabase.execute(settings, "CREATE TABLE mine (a int)");
    assertThatThrownBy(
            () ->
                queries.read(
                    "WITH d AS (INSERT INTO mine VALUES (1) RETURNING a) SELECT * FROM d",
                    values -> {}))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("read-only transaction");
    assertThatThrownBy(() -> queries.columns("DROP TABLE mine"))
        .hasMessage("query: gives no rows (expected: a SELECT)");
    assertThatThrownBy(() -> queries.ofTable("mine"))
        .hasMessage("table mine (expected: raw_data, clean_data, or a query)");
    assertThat(query("SELECT count(*) FROM mine")).containsExactly("0");
  }

  private List<String> query(String sql) throws Exception {
    return TestDatabase.query(settings, sql);
  }

  private static ScoredEncounter scored(String key) {
    return new ScoredEncounter(
        key,
        null,
        "yes",
        Map.of("no", 0.25, "yes", 0.75),
        0.75,
        0.75,
        "HIGH",
        99.5,
        List.of(new ScoredEncounter.Reason("ward", "a\"b", 0.5)));
  }

  private static UnscoredRow unscored(long line) {
    return new UnscoredRow("v.csv", line, List.of(new Violation("ward", "x", "y")), "raw");
  }
}
