package dev.alta.database;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads {@code inference_log}, also beside what really happened. Predictions whose encounter does
 * not keep to the contract of today, since that has changed, are left out. Safe for use by several
 * threads.
 */
public final class ServedPredictions {
  /** Takes predictions whose outcome is known. */
  @FunctionalInterface
  public interface Judged {
    /**
     * Called for each.
     *
     * @param outcome position among the contract's classes
     */
    void prediction(ServedPrediction prediction, int outcome);
  }

  /** Takes predictions, one after the other. */
  @FunctionalInterface
  public interface Served {
    void prediction(ServedPrediction prediction);
  }

  private final Connections connections;
  private final Contract contract;

  ServedPredictions(Connections connections, Contract contract) {
    this.connections = connections;
    this.contract = contract;
  }

  /** Every prediction of a model since a moment, a portion at a time. */
  public void read(String model, Instant since, Served served) {
    read(
        "SELECT "
            + columns("l")
            + " FROM inference_log l WHERE l.model_name = ? AND l.logged_at >= ?",
        model,
        since,
        Optional.empty(),
        (prediction, result) -> served.prediction(prediction));
  }

  /**
   * Those predictions of a model that are among the latest of the log, the latest first.
   *
   * @param most how many of the log are looked at
   */
  public void readLatest(String model, int most, Served served) {
    read(
        "SELECT "
            + columns("l")
            + " FROM (SELECT * FROM inference_log ORDER BY id DESC LIMIT "
            + most
            + ") l WHERE l.model_name = ? AND l.logged_at >= ? ORDER BY l.id DESC",
        model,
        Instant.EPOCH,
        Optional.empty(),
        (prediction, result) -> served.prediction(prediction));
  }

  /** How many encounters with an outcome each version has predicted for since a moment. */
  public Map<String, Long> judged(String model, Instant since) {
    return connections.inTransaction(
        "reading inference_log",
        connection -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT l.model_version, count(DISTINCT o.encounter)"
                      + joined()
                      + " GROUP BY 1 ORDER BY length(l.model_version), 1")) {
            select.setString(1, model);
            select.setTimestamp(2, Timestamp.from(since));
            try (ResultSet result = select.executeQuery()) {
              while (result.next()) {
                counts.put(result.getString(1), result.getLong(2));
              }
            }
          }
          return counts;
        });
  }

  /**
   * The predictions of a version since a moment whose encounter has an outcome: of each encounter
   * the latest, in the order of their keys.
   *
   * @param most how many of them
   */
  public void readJudged(String model, String version, Instant since, long most, Judged judged) {
    read(
        "SELECT DISTINCT ON (o.encounter) "
            + columns("l")
            + ", o.outcome"
            + joined()
            + " AND l.model_version = ? ORDER BY o.encounter, l.logged_at DESC, l.id DESC LIMIT "
            + most,
        model,
        since,
        Optional.of(version),
        (prediction, result) -> {
          int outcome = contract.target().position(result.getString("outcome"));
          if (outcome >= 0) {
            judged.prediction(prediction, outcome);
          }
        });
  }

  /** By the outcomes' own key, so that its index can be used whatever the planner expects. */
  private String joined() {
    String key = "l.encounter ->> " + ContractTables.literal(contract.key().name());
    return " FROM inference_log l JOIN outcomes o ON o.encounter = CASE WHEN "
        + key
        + " ~ '^[0-9]{1,18}$' THEN ("
        + key
        + ")::bigint END WHERE l.model_name = ? AND l.logged_at >= ?";
  }

  @FunctionalInterface
  private interface Each {
    void row(ServedPrediction prediction, ResultSet result) throws SQLException;
  }

  private void read(String sql, String model, Instant since, Optional<String> version, Each each) {
    connections.inTransaction(
        "reading inference_log",
        connection -> {
          try (PreparedStatement select = RowReader.streaming(connection, sql)) {
            select.setString(1, model);
            select.setTimestamp(2, Timestamp.from(since));
            if (version.isPresent()) {
              select.setString(3, version.get());
            }
            try (ResultSet result = select.executeQuery()) {
              while (result.next()) {
                Optional<ServedPrediction> prediction = prediction(result);
                if (prediction.isPresent()) {
                  each.row(prediction.get(), result);
                }
              }
            }
          }
          return sql;
        });
  }

  /** Time, version, the probability of each class, each column of the contract. */
  private String columns(String table) {
    return table
        + ".logged_at, "
        + table
        + ".model_version, "
        + contract.classes().stream()
            .map(name -> table + ".probabilities ->> " + ContractTables.literal(name))
            .collect(Collectors.joining(", "))
        + ", "
        + contract.columns().stream()
            .map(column -> table + ".encounter ->> " + ContractTables.literal(column.name()))
            .collect(Collectors.joining(", "));
  }

  private Optional<ServedPrediction> prediction(ResultSet result) throws SQLException {
    int index = 3;
    List<Double> probabilities = new ArrayList<>();
    for (int i = 0; i < contract.classes().size(); i++) {
      String text = result.getString(index++);
      if (text == null) {
        return Optional.empty();
      }
      probabilities.add(Double.parseDouble(text));
    }
    Intake intake = new Intake(contract, Door.SCORE);
    for (Column column : contract.columns()) {
      intake.text(column, result.getString(index++));
    }
    if (intake.finish() instanceof Checked.Accepted accepted) {
      Row row = accepted.row();
      return Optional.of(
          new ServedPrediction(
              result.getTimestamp(1).toInstant(), result.getString(2), row, probabilities));
    }
    return Optional.empty();
  }
}
