package dev.alta.database;

import dev.alta.database.ScoreTable.ScoredBy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The statements of a {@link ScoreTable}. */
final class ScoreTableSql {
  // Short enough that names made from it are cut nowhere.
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");
  static final String REJECTS = "_rejects";
  private static final String SCORED_COLUMNS =
      "prediction, probabilities, probability_readmitted, probability_within_30_days, risk,"
          + " risk_percentile, reasons, model_name, model_alias, model_version, part, run";
  private static final String REJECTS_COLUMNS = "source, line, reasons, raw_text, part, run";

  private final ContractTables tables;
  private final String name;

  ScoreTableSql(ContractTables tables, String name) {
    if (!NAME.matcher(name).matches() || name.endsWith(REJECTS)) {
      throw new DatabaseException(
          "table " + name + " (expected: a letter, then up to 30 of a-z, 0-9 and _)");
    }
    this.tables = tables;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Makes both tables; refuses to touch one that is somebody else's. */
  void make(Connection connection) throws SQLException {
    // Two runs that begin at once would both find no table.
    ContractTables.execute(connection, "LOCK TABLE score_run IN SHARE ROW EXCLUSIVE MODE");
    boolean ours = exists(connection, "SELECT FROM score_run WHERE table_name = ?", name);
    for (String table : List.of(name, name + REJECTS)) {
      if (exists(connection, "SELECT WHERE to_regclass(?) IS NOT NULL", table)) {
        if (!ours) {
          throw new DatabaseException(
              "table "
                  + table
                  + ": there, but not made by scoring (expected: a new name, or that of an earlier"
                  + " run)");
        }
      } else {
        ContractTables.execute(
            connection,
            "CREATE TABLE "
                + table
                + " ("
                + (table.equals(name) ? scoredDefinitions() : rejectsDefinitions())
                + ") PARTITION BY LIST (run)");
      }
    }
  }

  private String scoredDefinitions() {
    return tables.key()
        + " bigint, "
        + tables.patient()
        + " bigint, prediction text NOT NULL, probabilities jsonb NOT NULL,"
        + " probability_readmitted double precision NOT NULL,"
        + " probability_within_30_days double precision NOT NULL, risk text NOT NULL,"
        + " risk_percentile double precision NOT NULL, reasons jsonb NOT NULL,"
        + " model_name text NOT NULL, model_alias text NOT NULL, model_version text NOT NULL,"
        + " part bigint NOT NULL, run bigint NOT NULL";
  }

  private static String rejectsDefinitions() {
    return "source text NOT NULL, line bigint NOT NULL, reasons jsonb NOT NULL,"
        + " raw_text text NOT NULL, part bigint NOT NULL, run bigint NOT NULL";
  }

  /** The tables of runs that were never published. */
  void dropUnpublished(Connection connection) throws SQLException {
    List<String> left = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relispartition"
                + " AND relnamespace = current_schema()::regnamespace AND relname ~ ?")) {
      select.setString(1, "^" + name + "(" + REJECTS + ")?_run_[0-9]+$");
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          left.add(result.getString(1));
        }
      }
    }
    for (String table : left) {
      ContractTables.execute(connection, "DROP TABLE " + table);
    }
  }

  long createRun(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO score_run (table_name) VALUES (?) RETURNING run")) {
      insert.setString(1, name);
      try (ResultSet result = insert.executeQuery()) {
        result.next();
        long run = result.getLong(1);
        for (String table : List.of(name, name + REJECTS)) {
          ContractTables.execute(
              connection, "CREATE TABLE " + ofRun(table, run) + " (LIKE " + table + ")");
        }
        return run;
      }
    }
  }

  void deletePart(Connection connection, long run, long part) throws SQLException {
    for (String table : List.of(name, name + REJECTS)) {
      ContractTables.execute(
          connection, "DELETE FROM " + ofRun(table, run) + " WHERE part = " + part);
    }
  }

  void copyScored(
      Connection connection, long run, long part, ScoredBy model, List<ScoredEncounter> rows)
      throws SQLException {
    String columns = tables.key() + ", " + tables.patient() + ", " + SCORED_COLUMNS;
    try (CopyWriter copy = new CopyWriter(connection, ofRun(name, run) + " (" + columns + ")")) {
      for (ScoredEncounter row : rows) {
        copy.field(row.key());
        copy.field(row.patient());
        copy.field(row.prediction());
        copy.field(Json.numbers(row.probabilities()));
        copy.field(Double.toString(row.probabilityReadmitted()));
        copy.field(Double.toString(row.probabilityWithin30Days()));
        copy.field(row.risk());
        copy.field(Double.toString(row.riskPercentile()));
        copy.field(Json.contributions(row.reasons()));
        copy.field(model.name());
        copy.field(model.alias());
        copy.field(model.version());
        copy.field(part);
        copy.field(run);
        copy.endRow();
      }
      copy.finish();
    }
  }

  void copyUnscored(Connection connection, long run, long part, List<UnscoredRow> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String target = ofRun(name + REJECTS, run) + " (" + REJECTS_COLUMNS + ")";
    try (CopyWriter copy = new CopyWriter(connection, target)) {
      for (UnscoredRow row : rows) {
        copy.field(row.source());
        copy.field(row.line());
        copy.field(Json.reasons(row.reasons()));
        copy.field(row.rawText());
        copy.field(part);
        copy.field(run);
        copy.endRow();
      }
      copy.finish();
    }
  }

  /** Gives false where the run is published already. */
  boolean lockRun(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT published_at IS NULL FROM score_run WHERE run = ? FOR UPDATE")) {
      select.setLong(1, run);
      try (ResultSet result = select.executeQuery()) {
        if (!result.next()) {
          throw new DatabaseException("score run " + run + ": not there");
        }
        return result.getBoolean(1);
      }
    }
  }

  static long parts(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT count(*) FROM score_part WHERE run = ?")) {
      select.setLong(1, run);
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /** An attempt that was given up may have written parts that the last one did not. */
  void dropOtherParts(Connection connection, long run, Collection<Long> parts) throws SQLException {
    List<Long> others = new ArrayList<>();
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM score_part WHERE run = ? AND part <> ALL (?) RETURNING part")) {
      delete.setLong(1, run);
      delete.setArray(2, connection.createArrayOf("bigint", parts.toArray()));
      try (ResultSet result = delete.executeQuery()) {
        while (result.next()) {
          others.add(result.getLong(1));
        }
      }
    }
    for (long part : others) {
      deletePart(connection, run, part);
    }
  }

  /** Workers count lines from the beginning of their part. */
  void moveLines(Connection connection, long run, Map<Long, Long> linesBefore) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE "
                + ofRun(name + REJECTS, run)
                + " AS r SET line = r.line + b.before FROM unnest(?, ?) AS b (part, before)"
                + " WHERE r.part = b.part AND b.before <> 0")) {
      update.setArray(1, connection.createArrayOf("bigint", linesBefore.keySet().toArray()));
      update.setArray(2, connection.createArrayOf("bigint", linesBefore.values().toArray()));
      update.executeUpdate();
    }
  }

  /** The only moment at which readers wait; rather this gives up and is tried anew. */
  void swap(Connection connection, long run) throws SQLException {
    ContractTables.execute(connection, "SET LOCAL lock_timeout = '1s'");
    for (String table : List.of(name, name + REJECTS)) {
      String partition = ofRun(table, run);
      // Spares the look at every row when the table becomes a partition.
      ContractTables.execute(
          connection, "ALTER TABLE " + partition + " ADD CHECK (run = " + run + ")");
      ContractTables.execute(connection, "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      for (String old : ContractTables.partitions(connection, table)) {
        ContractTables.execute(connection, "DROP TABLE " + old);
      }
      ContractTables.execute(
          connection,
          "ALTER TABLE "
              + table
              + " ATTACH PARTITION "
              + partition
              + " FOR VALUES IN ("
              + run
              + ")");
    }
    ContractTables.execute(
        connection, "UPDATE score_run SET published_at = now() WHERE run = " + run);
  }

  private static String ofRun(String table, long run) {
    return table + "_run_" + run;
  }

  private static boolean exists(Connection connection, String sql, String value)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql + " LIMIT 1")) {
      select.setString(1, value);
      try (ResultSet result = select.executeQuery()) {
        return result.next();
      }
    }
  }
}
