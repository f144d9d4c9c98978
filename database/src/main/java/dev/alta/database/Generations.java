package dev.alta.database;

import dev.alta.core.split.Side;
import dev.alta.database.Publisher.Content;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables that say what was published: {@code clean_data_generation} and its details. */
final class Generations {
  private Generations() {}

  private static final String COLUMNS =
      "SELECT generation, created_at, input_sha256, seed, rows_read, kept, split_sha256,"
          + " assignment_sha256 FROM clean_data_generation";

  static Optional<Generation> latest(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + " ORDER BY generation DESC LIMIT 1")) {
      return read(connection, select);
    }
  }

  static Optional<Generation> find(Connection connection, long number) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + " WHERE generation = ?")) {
      select.setLong(1, number);
      return read(connection, select);
    }
  }

  /** All that were ever published, from the first on. */
  static List<Generation> all(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COLUMNS + " ORDER BY generation")) {
      return readAll(connection, select);
    }
  }

  private static Optional<Generation> read(Connection connection, PreparedStatement select)
      throws SQLException {
    return readAll(connection, select).stream().findFirst();
  }

  private static List<Generation> readAll(Connection connection, PreparedStatement select)
      throws SQLException {
    List<Generation> generations = new ArrayList<>();
    try (ResultSet r = select.executeQuery()) {
      while (r.next()) {
        long number = r.getLong(1);
        generations.add(
            new Generation(
                number,
                r.getTimestamp(2).toInstant(),
                r.getString(3),
                r.getLong(4),
                r.getLong(5),
                r.getLong(6),
                excluded(connection, number),
                counts(connection, number),
                r.getString(7),
                Optional.ofNullable(r.getString(8))));
      }
    }
    return generations;
  }

  static void record(Connection connection, Content content) throws SQLException {
    long number = content.draft().run();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_generation (generation, input_sha256, seed, rows_read, kept,"
                + " split_sha256, assignment_sha256) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, number);
      insert.setString(2, content.draft().inputSha256());
      insert.setLong(3, content.plan().seed());
      insert.setLong(4, content.draft().rowsRead());
      insert.setLong(5, content.kept());
      insert.setString(6, content.plan().sha256());
      insert.setString(7, content.assignmentSha256());
      insert.executeUpdate();
    }
    recordExcluded(connection, number, content.excluded());
    recordCounts(connection, number, content.counts());
    Thresholds.record(connection, number, content.plan());
  }

  /** Keeps the profile of a generation: JSON. */
  static void recordProfile(Connection connection, long number, String profile)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO clean_data_profile (generation, profile) VALUES (?, ?::json)")) {
      insert.setLong(1, number);
      insert.setString(2, profile);
      insert.executeUpdate();
    }
  }

  static Optional<String> profile(Connection connection, long number) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT profile FROM clean_data_profile WHERE generation = ?")) {
      select.setLong(1, number);
      try (ResultSet r = select.executeQuery()) {
        return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
      }
    }
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
