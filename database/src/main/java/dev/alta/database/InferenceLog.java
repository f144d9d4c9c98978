package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The table {@code inference_log}: every prediction that was answered. Safe for several threads.
 */
public final class InferenceLog {
  private static final String TARGET =
      "inference_log (request_id, logged_at, model_name, model_alias, model_version, encounter,"
          + " prediction, probabilities, probability_most_urgent, risk, latency_micros)";

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
