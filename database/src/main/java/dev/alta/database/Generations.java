package dev.alta.database;

import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.StratumCut;
import dev.alta.database.CleanDataDraft.Content;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables that say what was published: {@code clean_data_generation} and its details. */
final class Generations {
  private Generations() {}

  static Optional<Generation> latest(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT generation, created_at, input_sha256, seed, rows_read, kept, split_sha256"
                    + " FROM clean_data_generation ORDER BY generation DESC LIMIT 1");
        ResultSet r = select.executeQuery()) {
      if (!r.next()) {
        return Optional.empty();
      }
      long number = r.getLong(1);
      return Optional.of(
          new Generation(
              number,
              r.getTimestamp(2).toInstant(),
              r.getString(3),
              r.getLong(4),
              r.getLong(5),
              r.getLong(6),
              excluded(connection, number),
              counts(connection, number),
              r.getString(7)));
    }
  }

  static void record(Connection connection, long number, String inputSha256, Content content)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_generation (generation, input_sha256, seed, rows_read, kept,"
                + " split_sha256) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, number);
      insert.setString(2, inputSha256);
      insert.setLong(3, content.plan().seed());
      insert.setLong(4, content.rowsRead());
      insert.setLong(5, content.kept());
      insert.setString(6, content.plan().sha256());
      insert.executeUpdate();
    }
    recordExcluded(connection, number, content.excluded());
    recordCounts(connection, number, content.counts());
    recordCuts(connection, number, content.plan());
  }

  private static void recordExcluded(Connection connection, long number, Map<String, Long> reasons)
      throws SQLException {
    try (CopyWriter copy =
        new CopyWriter(connection, "clean_data_excluded (generation, reason, row_count)")) {
      for (Map.Entry<String, Long> excluded : reasons.entrySet()) {
        copy.field(number);
        copy.field(excluded.getKey());
        copy.field(excluded.getValue());
        copy.endRow();
      }
      copy.finish();
    }
  }

  private static void recordCounts(
      Connection connection, long number, Map<Side, Map<String, Long>> counts) throws SQLException {
    try (CopyWriter copy =
        new CopyWriter(connection, "clean_data_count (generation, dataset, label, row_count)")) {
      for (Map.Entry<Side, Map<String, Long>> side : counts.entrySet()) {
        for (Map.Entry<String, Long> label : side.getValue().entrySet()) {
          copy.field(number);
          copy.field(side.getKey().label());
          copy.field(label.getKey());
          copy.field(label.getValue());
          copy.endRow();
        }
      }
      copy.finish();
    }
  }

  private static void recordCuts(Connection connection, long number, SplitPlan plan)
      throws SQLException {
    try (CopyWriter copy =
        new CopyWriter(
            connection,
            "split_threshold (generation, stratum, train_patients, validation_patients,"
                + " test_patients, train_last_hash, train_last_patient, validation_last_hash,"
                + " validation_last_patient)")) {
      for (StratumCut cut : plan.cuts()) {
        copy.field(number);
        copy.field(cut.stratum().toString());
        for (Side side : Side.values()) {
          copy.field(cut.patients(side));
        }
        copy.field(cut.trainLast().hash());
        copy.field(cut.trainLast().patient());
        copy.field(cut.validationLast().hash());
        copy.field(cut.validationLast().patient());
        copy.endRow();
      }
      copy.finish();
    }
  }

  private static Map<String, Long> excluded(Connection connection, long number)
      throws SQLException {
    Map<String, Long> excluded = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT reason, row_count FROM clean_data_excluded WHERE generation = ?")) {
      select.setLong(1, number);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          excluded.put(r.getString(1), r.getLong(2));
        }
      }
    }
    return excluded;
  }

  private static Map<Side, Map<String, Long>> counts(Connection connection, long number)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT dataset, label, row_count FROM clean_data_count WHERE generation = ?")) {
      select.setLong(1, number);
      return counts(select);
    }
  }

  /** Reads rows of (dataset, class, number). */
  static Map<Side, Map<String, Long>> counts(PreparedStatement select) throws SQLException {
    Map<Side, Map<String, Long>> counts = new EnumMap<>(Side.class);
    try (ResultSet r = select.executeQuery()) {
      while (r.next()) {
        counts
            .computeIfAbsent(Side.of(r.getString(1)), side -> new TreeMap<>())
            .put(r.getString(2), r.getLong(3));
      }
    }
    return counts;
  }
}
