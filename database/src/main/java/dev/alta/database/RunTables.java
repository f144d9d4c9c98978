package dev.alta.database;

import dev.alta.core.split.SplitPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the workers of a run leave for the process that publishes it: which batches are written,
 * what was excluded from them, and the plan of the split.
 */
final class RunTables {
  private static final List<String> TABLES =
      List.of("clean_data_chunk", "clean_data_chunk_excluded", "clean_data_run_plan");

  private RunTables() {}

  /** Enters a batch; false where it is there. Waits for a transaction that is entering the same. */
  static boolean enter(
      Connection connection, long run, long batchId, long kept, Map<String, Long> excluded)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_chunk (run, batch_id, kept) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setLong(1, run);
      insert.setLong(2, batchId);
      insert.setLong(3, kept);
      if (insert.executeUpdate() == 0) {
        return false;
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_chunk_excluded (run, batch_id, reason, row_count)"
                + " VALUES (?, ?, ?, ?)")) {
      for (Map.Entry<String, Long> reason : excluded.entrySet()) {
        insert.setLong(1, run);
        insert.setLong(2, batchId);
        insert.setString(3, reason.getKey());
        insert.setLong(4, reason.getValue());
        insert.executeUpdate();
      }
    }
    return true;
  }

  /** Rows excluded in a run, by reason. */
  static Map<String, Long> excluded(Connection connection, long run) throws SQLException {
    Map<String, Long> excluded = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT reason, sum(row_count) FROM clean_data_chunk_excluded WHERE run = ?"
                + " GROUP BY reason")) {
      select.setLong(1, run);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          excluded.put(result.getString(1), result.getLong(2));
        }
      }
    }
    return excluded;
  }

  /** Rows of a run that are written or excluded so far. */
  static long rows(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce((SELECT sum(kept) FROM clean_data_chunk WHERE run = ?), 0)"
                + " + coalesce((SELECT sum(row_count) FROM clean_data_chunk_excluded"
                + " WHERE run = ?), 0)")) {
      select.setLong(1, run);
      select.setLong(2, run);
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  static void save(Connection connection, long run, SplitPlan plan) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_run_plan (run, plan) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setLong(1, run);
      insert.setString(2, plan.text());
      insert.executeUpdate();
    }
  }

  static SplitPlan plan(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT plan FROM clean_data_run_plan WHERE run = ?")) {
      select.setLong(1, run);
      try (ResultSet result = select.executeQuery()) {
        if (!result.next()) {
          throw new DatabaseException("clean_data run " + run + ": no split plan (expected: one)");
        }
        return SplitPlan.parse(result.getString(1));
      }
    }
  }

  /** Forgets all runs. */
  static void clear(Connection connection) throws SQLException {
    for (String table : TABLES) {
      ContractTables.execute(connection, "DELETE FROM " + table);
    }
  }
}
