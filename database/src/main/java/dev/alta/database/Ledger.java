package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The table {@code ingest_batch}. */
final class Ledger {
  private static final String COLUMNS =
      "batch_id, source, batch_number, content_sha256, first_line, byte_from, byte_to, rows_read,"
          + " accepted, rejected, duplicates, created_at";

  private Ledger() {}

  /** Enters a batch that is not there yet; waits for a transaction that is entering the same. */
  static OptionalLong enter(
      Connection connection, IngestBatch batch, int accepted, int rejected, String who)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ingest_batch (source, batch_number, content_sha256, first_line, byte_from,"
                + " byte_to, rows_read, accepted, rejected, duplicates, created_by)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)"
                + " ON CONFLICT (source, batch_number) DO NOTHING RETURNING batch_id")) {
      insert.setString(1, batch.source());
      insert.setInt(2, batch.number());
      insert.setString(3, batch.sha256());
      insert.setLong(4, batch.firstLine());
      insert.setLong(5, batch.byteFrom());
      insert.setLong(6, batch.byteTo());
      insert.setInt(7, batch.rows());
      insert.setInt(8, accepted);
      insert.setInt(9, rejected);
      insert.setString(10, who);
      try (ResultSet result = insert.executeQuery()) {
        return result.next() ? OptionalLong.of(result.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  static void correct(
      Connection connection, long batchId, int accepted, int rejected, int duplicates)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE ingest_batch SET accepted = ?, rejected = ?, duplicates = ?"
                + " WHERE batch_id = ?")) {
      update.setInt(1, accepted);
      update.setInt(2, rejected);
      update.setInt(3, duplicates);
      update.setLong(4, batchId);
      update.executeUpdate();
    }
  }

  static Optional<LedgerEntry> find(Connection connection, String source, int number)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM ingest_batch WHERE source = ? AND batch_number = ?")) {
      select.setString(1, source);
      select.setInt(2, number);
      return read(select).stream().findFirst();
    }
  }

  static List<LedgerEntry> of(Connection connection, String source) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM ingest_batch WHERE source = ? ORDER BY batch_number")) {
      select.setString(1, source);
      return read(select);
    }
  }

  static List<LedgerEntry> of(Connection connection, List<Long> batchIds) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM ingest_batch WHERE batch_id = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("bigint", batchIds.toArray()));
      return read(select);
    }
  }

  static void remove(Connection connection, long batchId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM ingest_batch WHERE batch_id = ?")) {
      delete.setLong(1, batchId);
      delete.executeUpdate();
    }
  }

  static List<LedgerEntry> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM ingest_batch ORDER BY batch_id")) {
      return read(select);
    }
  }

  /** Those before a batch, the latest first. */
  static List<LedgerEntry> before(Connection connection, long batchId, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM ingest_batch WHERE batch_id < ? ORDER BY batch_id DESC LIMIT ?")) {
      select.setLong(1, batchId);
      select.setInt(2, limit);
      return read(select);
    }
  }

  static LedgerTotals totals(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*), coalesce(sum(rows_read), 0), coalesce(sum(accepted), 0),"
                    + " coalesce(sum(rejected), 0), coalesce(sum(duplicates), 0)"
                    + " FROM ingest_batch");
        ResultSet r = select.executeQuery()) {
      r.next();
      return new LedgerTotals(r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5));
    }
  }

  private static List<LedgerEntry> read(PreparedStatement select) throws SQLException {
    List<LedgerEntry> entries = new ArrayList<>();
    try (ResultSet r = select.executeQuery()) {
      while (r.next()) {
        IngestBatch batch =
            new IngestBatch(
                r.getString(2),
                r.getInt(3),
                r.getString(4),
                r.getLong(5),
                r.getLong(6),
                r.getLong(7),
                r.getInt(8));
        entries.add(
            new LedgerEntry(
                r.getLong(1),
                batch,
                r.getInt(9),
                r.getInt(10),
                r.getInt(11),
                r.getTimestamp(12).toInstant()));
      }
    }
    return entries;
  }
}
