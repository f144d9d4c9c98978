package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A table of scores, and the one with {@code _rejects} behind its name. Published as a whole, as
 * {@link CleanData} is: both are partitioned by run and have one partition, so that readers see all
 * of the previous run or all of the new one, and rights and views on them stay.
 *
 * <p>A run writes parts, each in a transaction of its own; a part that is written again takes the
 * place of what was written before. Safe for several threads.
 */
public final class ScoreTable {
  /** How many rows a run has scored and rejected. */
  public record Counts(long scored, long rejected) {}

  private final Connections connections;
  private final ScoreTableSql sql;

  ScoreTable(Connections connections, ContractTables tables, String name) {
    this.connections = connections;
    this.sql = new ScoreTableSql(tables, name);
  }

  /**
   * Begins a run, and drops what runs that were cut off have left: of several at once the latest
   * wins, the others fail.
   *
   * @return its number
   * @throws DatabaseException if there is a table of this name that no run of scoring has made
   */
  public long begin() {
    return connections.inTransaction(
        "beginning " + sql.name(),
        connection -> {
          sql.make(connection);
          sql.dropUnpublished(connection);
          return sql.createRun(connection);
        });
  }

  /** Writes a part of a run. */
  public void write(
      long run,
      long part,
      ScoredBy model,
      List<ScoredEncounter> scored,
      List<UnscoredRow> unscored) {
    connections.inTransaction(
        "writing " + sql.name(),
        connection -> {
          if (!enter(connection, run, part, scored.size(), unscored.size())) {
            sql.deletePart(connection, run, part);
          }
          sql.copyScored(connection, run, part, model, scored);
          sql.copyUnscored(connection, run, part, unscored);
          return part;
        });
  }

  /** The model that has scored. */
  public record ScoredBy(String name, String alias, String version) {}

  /**
   * Makes a run visible in place of the one before; does nothing if that was done already.
   *
   * @param linesBefore for each part of the run how many lines of its source stand before it
   */
  public void publish(long run, Map<Long, Long> linesBefore) {
    connections.inRetriedTransaction(
        "publishing " + sql.name(),
        connection -> {
          if (sql.lockRun(connection, run)) {
            sql.dropOtherParts(connection, run, linesBefore.keySet());
            sql.moveLines(connection, run, linesBefore);
            requireParts(connection, run, linesBefore.keySet());
            sql.swap(connection, run);
          }
          return run;
        });
  }

  /** What a run has written so far. */
  public Counts counts(long run) {
    return connections.inTransaction(
        "reading score_part",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT coalesce(sum(scored), 0), coalesce(sum(rejected), 0) FROM score_part"
                      + " WHERE run = ?")) {
            select.setLong(1, run);
            try (ResultSet result = select.executeQuery()) {
              result.next();
              return new Counts(result.getLong(1), result.getLong(2));
            }
          }
        });
  }

  private void requireParts(Connection connection, long run, Collection<Long> parts)
      throws SQLException {
    long found = ScoreTableSql.parts(connection, run);
    if (found != parts.size()) {
      throw new DatabaseException(
          sql.name() + ": " + found + " parts are there (expected: " + parts.size() + ")");
    }
  }

  /** Gives false where an earlier attempt has entered the part; waits for one that is at it. */
  private static boolean enter(
      Connection connection, long run, long part, long scored, long rejected) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO score_part AS p (run, part, scored, rejected) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (run, part) DO UPDATE SET scored = excluded.scored,"
                + " rejected = excluded.rejected RETURNING xmax = 0")) {
      insert.setLong(1, run);
      insert.setLong(2, part);
      insert.setLong(3, scored);
      insert.setLong(4, rejected);
      try (ResultSet result = insert.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }
}
