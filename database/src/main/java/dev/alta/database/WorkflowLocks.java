package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Who may write of a workflow: within a transaction, so that it stays so to its end. */
final class WorkflowLocks {
  private WorkflowLocks() {}

  static void lock(Connection connection, long workflow) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT FROM workflow_run WHERE workflow = ? FOR UPDATE")) {
      select.setLong(1, workflow);
      select.executeQuery().close();
    }
  }

  static WorkflowRun require(Connection connection, long workflow) throws SQLException {
    return WorkflowRows.find(connection, workflow).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new DatabaseException(
                    "workflow " + workflow + ": not there (expected: one of alta runs)"));
  }

  static int take(Connection connection, long workflow, Workflows.Self self) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE workflow_run SET state = 'RUNNING', ended_at = NULL, result = NULL,"
                + " held_by = ?, held_on = ?, held_pid = ?, held_since = now(), seen_at = now(),"
                + " holders = holders + 1 WHERE workflow = ? RETURNING holders")) {
      update.setString(1, self.who());
      update.setString(2, self.host());
      update.setLong(3, self.pid());
      update.setLong(4, workflow);
      try (ResultSet result = update.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  /** Locks it as well, so that nobody takes it over before the transaction is at its end. */
  static void requireHeld(Connection connection, Hold hold) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT FROM workflow_run WHERE workflow = ? AND holders = ? AND state = 'RUNNING'"
                + " FOR UPDATE")) {
      select.setLong(1, hold.workflow());
      select.setInt(2, hold.number());
      try (ResultSet result = select.executeQuery()) {
        if (!result.next()) {
          throw new DatabaseException(
              "workflow "
                  + hold.workflow()
                  + ": taken over by another process (expected: held by this one)");
        }
      }
    }
  }
}
