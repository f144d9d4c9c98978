package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the workers of a run leave for the step that publishes it: which batches are written, and
 * what was excluded from them.
 */
final class RunTables {
  private static final List<String> TABLES =
      List.of("clean_data_chunk", "clean_data_chunk_excluded");

  private RunTables() {}

  /** Enters a batch; false where it is there. Waits for a transaction that is entering the same. */
  static boolean enter(Connection connection, long run, long batchId) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_chunk (run, batch_id, kept) VALUES (?, ?, 0)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setLong(1, run);
      insert.setLong(2, batchId);
      return insert.executeUpdate() > 0;
    }
  }

  /** Enters what has become of the rows of a batch. */
  static void count(
      Connection connection, long run, long batchId, long kept, Map<String, Long> excluded)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE clean_data_chunk SET kept = ? WHERE run = ? AND batch_id = ?")) {
      update.setLong(1, kept);
      update.setLong(2, run);
      update.setLong(3, batchId);
      update.executeUpdate();
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

  /** Forgets all runs. */
  static void clear(Connection connection) throws SQLException {
    for (String table : TABLES) {
      ContractTables.execute(connection, "DELETE FROM " + table);
    }
  }
}
