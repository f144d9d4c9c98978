package dev.alta.loadtest.scorer;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The table of predictions, seen from outside. */
final class LogTable {
  private static final long LONGEST_MILLIS = 300_000;
  private static final long PAUSE_MILLIS = 20;

  /** Bytes so far; the journal is PostgreSQL's write-ahead log. */
  record Sizes(long table, long indexes, long journal) {}

  private final Connection connection;

  LogTable(Connection connection) {
    this.connection = connection;
  }

  Sizes sizes() throws SQLException {
    return new Sizes(
        number("SELECT pg_table_size('inference_log')"),
        number("SELECT pg_indexes_size('inference_log')"),
        number("SELECT (pg_current_wal_lsn() - '0/0')::bigint"));
  }

  /** Nobody else writes to it from now on. */
  void take() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE inference_log IN SHARE ROW EXCLUSIVE MODE");
    }
  }

  void release() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Waits until it has exactly so many. */
  void awaitRows(long expected) throws SQLException, InterruptedException {
    long end = System.currentTimeMillis() + LONGEST_MILLIS;
    long found = number("SELECT count(*) FROM inference_log");
    while (found != expected) {
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException(found + " predictions logged (expected: " + expected + ")");
      }
      Thread.sleep(PAUSE_MILLIS);
      found = number("SELECT count(*) FROM inference_log");
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
