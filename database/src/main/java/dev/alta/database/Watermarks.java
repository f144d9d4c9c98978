package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code source_watermark}. */
final class Watermarks {
  private Watermarks() {}

  /** Up to which batch all of a source are stored; 0 where not even the first is. */
  static int of(Connection connection, String source) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT batch_number FROM source_watermark WHERE source = ?")) {
      select.setString(1, source);
      try (ResultSet result = select.executeQuery()) {
        return result.next() ? result.getInt(1) : 0;
      }
    }
  }

  /** The names of all sources, in their order. */
  static List<String> sources(Connection connection) throws SQLException {
    List<String> sources = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT source FROM source_watermark ORDER BY source");
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        sources.add(result.getString(1));
      }
    }
    return sources;
  }

  /**
   * Moves the watermark over all batches that follow on it without a gap. Must be the last thing
   * done in the transaction that has entered a batch: transactions that store neighbours at the
   * same time wait here for each other, so that the last of them sees the batches of all.
   */
  static void advance(Connection connection, String source) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "INSERT INTO source_watermark AS w (source, batch_number) VALUES (?, 0)"
                + " ON CONFLICT (source) DO UPDATE SET batch_number = w.batch_number")) {
      lock.setString(1, source);
      lock.executeUpdate();
    }
    // A statement of its own: it sees what was committed while the one above waited.
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE source_watermark w SET advanced_at = now(), batch_number ="
                + " (SELECT min(last.batch_number) FROM ingest_batch last"
                + " WHERE last.source = w.source AND last.batch_number > w.batch_number"
                + " AND NOT EXISTS (SELECT FROM ingest_batch next WHERE next.source = w.source"
                + " AND next.batch_number = last.batch_number + 1))"
                + " WHERE w.source = ? AND EXISTS (SELECT FROM ingest_batch next"
                + " WHERE next.source = w.source AND next.batch_number = w.batch_number + 1)")) {
      update.setString(1, source);
      update.executeUpdate();
    }
  }

  /** Moves the watermark below a batch that is taken back. */
  static void stepBack(Connection connection, IngestBatch batch) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE source_watermark SET batch_number = ? WHERE source = ? AND batch_number >= ?")) {
      update.setInt(1, batch.number() - 1);
      update.setString(2, batch.source());
      update.setInt(3, batch.number());
      update.executeUpdate();
    }
  }
}
