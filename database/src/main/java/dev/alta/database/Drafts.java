package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The table {@code clean_data_draft}: which run may write and publish. Who works for a run holds
 * its row until the transaction ends; a newer run waits for them, and then takes the row away.
 */
final class Drafts {
  /** A run as it was begun. */
  record Draft(long run, String inputSha256, long rowsRead) {}

  private Drafts() {}

  /** Makes this the only run that may go on; waits for transactions of the one before. */
  static void begin(Connection connection, Draft draft) throws SQLException {
    ContractTables.execute(connection, "LOCK TABLE clean_data_draft IN EXCLUSIVE MODE");
    ContractTables.execute(connection, "DELETE FROM clean_data_draft");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_draft (run, input_sha256, rows_read) VALUES (?, ?, ?)")) {
      insert.setLong(1, draft.run());
      insert.setString(2, draft.inputSha256());
      insert.setLong(3, draft.rowsRead());
      insert.executeUpdate();
    }
  }

  /** Holds a run, together with others who write for it; false if it may not go on. */
  static boolean share(Connection connection, long run) throws SQLException {
    return find(connection, run, "FOR SHARE").isPresent();
  }

  /** Holds a run alone; empty if it may not go on. */
  static Optional<Draft> own(Connection connection, long run) throws SQLException {
    return find(connection, run, "FOR UPDATE");
  }

  static void end(Connection connection, long run) throws SQLException {
    ContractTables.execute(connection, "DELETE FROM clean_data_draft WHERE run = " + run);
  }

  private static Optional<Draft> find(Connection connection, long run, String lock)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT input_sha256, rows_read FROM clean_data_draft WHERE run = ? " + lock)) {
      select.setLong(1, run);
      try (ResultSet result = select.executeQuery()) {
        return result.next()
            ? Optional.of(new Draft(run, result.getString(1), result.getLong(2)))
            : Optional.empty();
      }
    }
  }
}
