package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code inference_log}: every prediction that was answered. Safe for several threads.
 */
public final class InferenceLog {
  private static final String TARGET =
      "inference_log (request_id, logged_at, model_name, model_alias, model_version, encounter,"
          + " prediction, probabilities, probability_most_urgent, risk, latency_micros)";

  private static final int LONGEST_SILENCE_MILLIS = 60_000;

  private final Connections connections;

  InferenceLog(Connections connections) {
    this.connections = connections;
  }

  /**
   * Appends all of them or, if it throws, none.
   *
   * @throws DatabaseException if the database is away or refuses them
   */
  public void append(List<LoggedPrediction> predictions) {
    if (predictions.isEmpty()) {
      return;
    }
    connections.inTransaction("writing inference_log", c -> copy(c, predictions));
  }

  /**
   * Appends what the log does not have yet of a spool; all of that or, if it throws, none. Called
   * again with the same predictions, also by another process, it appends nothing: how far a spool
   * has come is part of the transaction.
   *
   * @param predictions in the order of their sequence numbers
   * @return how many were appended
   * @throws DatabaseException if the database is away or refuses them
   */
  public long append(UUID spool, List<SpooledPrediction> predictions) {
    if (predictions.isEmpty()) {
      return 0;
    }
    return connections.inTransaction(
        "writing inference_log",
        connection -> {
          // A connection that was cut without a word would hold the drain up for a quarter of an
          // hour.
          connection.setNetworkTimeout(Runnable::run, LONGEST_SILENCE_MILLIS);
          long drainedTo = drainedTo(connection, spool);
          List<LoggedPrediction> missing =
              predictions.stream()
                  .filter(spooled -> spooled.sequence() > drainedTo)
                  .map(SpooledPrediction::prediction)
                  .toList();
          if (missing.isEmpty()) {
            return 0L;
          }
          copy(connection, missing);
          advance(
              connection,
              spool,
              predictions.get(predictions.size() - 1).sequence(),
              missing.size());
          return (long) missing.size();
        });
  }

  /** How far the spool has come; held until the end of the transaction. */
  private static long drainedTo(Connection connection, UUID spool) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO inference_spool (spool, drained_to, rows) VALUES (?, 0, 0)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setObject(1, spool);
      insert.executeUpdate();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT drained_to FROM inference_spool WHERE spool = ? FOR UPDATE")) {
      select.setObject(1, spool);
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  private static void advance(Connection connection, UUID spool, long to, long rows)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE inference_spool SET drained_to = ?, rows = rows + ?, last_at = now()"
                + " WHERE spool = ?")) {
      update.setLong(1, to);
      update.setLong(2, rows);
      update.setObject(3, spool);
      update.executeUpdate();
    }
  }

  /** How many predictions were answered before a moment. */
  public long countBefore(Instant moment) {
    return connections.inTransaction(
        "reading inference_log",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT count(*) FROM inference_log WHERE logged_at < ?")) {
            select.setTimestamp(1, Timestamp.from(moment));
            try (ResultSet result = select.executeQuery()) {
              result.next();
              return result.getLong(1);
            }
          }
        });
  }

  /**
   * Deletes the predictions that were answered before a moment, and notes that; all of it or, if it
   * throws, nothing. How far the spools have come stays, so that none of them comes again. Nobody
   * who reads or appends waits for it.
   *
   * @param who asked for it
   * @return how many were deleted
   * @throws DatabaseException if the database is away
   */
  public long prune(Instant before, String who) {
    return connections.inTransaction(
        "deleting from inference_log",
        connection -> {
          Timestamp moment = Timestamp.from(before);
          long rows;
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM inference_log WHERE logged_at < ?")) {
            delete.setTimestamp(1, moment);
            rows = delete.executeLargeUpdate();
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO inference_prune (older_than, rows, pruned_by) VALUES (?, ?, ?)")) {
            insert.setTimestamp(1, moment);
            insert.setLong(2, rows);
            insert.setString(3, who);
            insert.executeUpdate();
          }
          return rows;
        });
  }

  /** Number of predictions in the log. */
  public long count() {
    return connections.inTransaction("reading inference_log", InferenceLog::count);
  }

  private static long count(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT count(*) FROM inference_log");
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private static long copy(Connection connection, List<LoggedPrediction> predictions)
      throws SQLException {
    try (CopyWriter copy = new CopyWriter(connection, TARGET)) {
      for (LoggedPrediction logged : predictions) {
        copy.field(logged.requestId());
        copy.field(logged.loggedAt().toString());
        copy.field(logged.modelName());
        copy.field(logged.modelAlias());
        copy.field(logged.modelVersion());
        copy.field(logged.encounterJson());
        copy.field(logged.prediction());
        copy.field(Json.numbers(logged.probabilities()));
        copy.field(Double.toString(logged.probabilityMostUrgent()));
        copy.field(logged.risk());
        copy.field(logged.latencyMicros());
        copy.endRow();
      }
      return copy.finish();
    }
  }
}
