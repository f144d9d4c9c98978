package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which tables are Alta's, in an order in which they can be filled. */
final class AltaTables {
  /** Those of the migrations. */
  static final List<String> FIXED =
      List.of(
          "ingest_batch",
          "source_watermark",
          "rejected_rows",
          "clean_data_generation",
          "clean_data_excluded",
          "clean_data_count",
          "clean_data_profile",
          "split_threshold",
          "split_assignment",
          "inference_log",
          "inference_spool",
          "inference_prune",
          "outcomes",
          "score_run",
          "score_part",
          "workflow_run",
          "workflow_step",
          "workflow_log",
          "pipeline_run");

  /** What a run that is under way leaves for its last step: of no use to anybody else. */
  static final List<String> UNDER_WAY =
      List.of("clean_data_draft", "clean_data_chunk", "clean_data_chunk_excluded");

  /** The only sequence that is no column's. */
  static final String RUN_NUMBERS = "clean_data_run";

  private AltaTables() {}

  /** Those of {@link #FIXED} that are there: not all before the last migration. */
  static List<String> fixed(Connection connection) throws SQLException {
    List<String> there = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name FROM unnest(?) WITH ORDINALITY AS known (name, place)"
                + " WHERE to_regclass(name) IS NOT NULL ORDER BY place")) {
      select.setArray(1, connection.createArrayOf("text", FIXED.toArray()));
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          there.add(result.getString(1));
        }
      }
    }
    return there;
  }

  /** All that hold something worth keeping: the fixed ones, the contract's, those of scores. */
  static List<String> all(Connection connection) throws SQLException {
    List<String> all = new ArrayList<>(fixed(connection));
    all.add(ContractTables.RAW);
    all.add(ContractTables.CLEAN);
    all.addAll(scores(connection));
    return all;
  }

  /** The tables that runs of scoring have made and published. */
  static List<String> scores(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT DISTINCT table_name FROM score_run WHERE published_at IS NOT NULL"
                    + " ORDER BY table_name");
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        tables.add(result.getString(1));
        tables.add(result.getString(1) + ScoreTableSql.REJECTS);
      }
    }
    return tables;
  }

  /** A table with its columns as they are. */
  static CopiedTable describe(Connection connection, String table) throws SQLException {
    List<CopiedTable.Column> columns = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE"
                + " attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")) {
      select.setString(1, table);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          columns.add(new CopiedTable.Column(result.getString(1), result.getString(2)));
        }
      }
    }
    return new CopiedTable(table, columns);
  }

  /** The columns of some tables whose numbers the database deals out: {@code table.column}. */
  static List<String> numbered(Connection connection, List<String> tables) throws SQLException {
    List<String> numbered = new ArrayList<>();
    for (String table : tables) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass"
                  + " AND attidentity <> '' AND NOT attisdropped")) {
        select.setString(1, table);
        try (ResultSet result = select.executeQuery()) {
          while (result.next()) {
            numbered.add(table + "." + result.getString(1));
          }
        }
      }
    }
    return numbered;
  }
}
