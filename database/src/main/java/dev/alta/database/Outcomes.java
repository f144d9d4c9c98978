package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table {@code outcomes}: what really happened after encounters, once for each. Safe for use by
 * several threads.
 */
public final class Outcomes {
  /** Contradictions that are told one by one. */
  public static final int MOST_CONFLICTS = 1_000;

  private static final String TARGET = "outcomes_loading (line, encounter, outcome)";
  private static final String FIRST =
      "SELECT DISTINCT ON (encounter) line, encounter, outcome FROM outcomes_loading"
          + " ORDER BY encounter, line";

  private final Connections connections;

  Outcomes(Connections connections) {
    this.connections = connections;
  }

  /** Takes outcomes. */
  @FunctionalInterface
  public interface Sink {
    /** Takes that of an encounter, as it stands on a line of the source. */
    void add(long line, long encounter, String outcome);
  }

  /** Gives outcomes. */
  @FunctionalInterface
  public interface Rows {
    void to(Sink sink);
  }

  /**
   * What was done; rows given = loaded + replaced + known + refused.
   *
   * @param loaded encounters that had none
   * @param replaced encounters that had another one
   * @param known rows whose encounter has this outcome already
   * @param refused rows whose encounter has another outcome, which stays
   * @param conflicts these, up to {@link #MOST_CONFLICTS}
   */
  public record Loaded(
      long loaded, long replaced, long known, long refused, List<Conflict> conflicts) {}

  /**
   * A row that says something else than what is known.
   *
   * @param outcome that it gives
   * @param known that stays
   * @param source of that one
   */
  public record Conflict(long line, long encounter, String outcome, String known, String source) {}

  /**
   * Loads outcomes, all in one transaction, each exactly once.
   *
   * @param source of them, kept with each
   * @param replace whether an outcome takes the place of another one that is known; of two in this
   *     source itself the first one stays in any case
   */
  public Loaded load(String source, boolean replace, Rows rows) {
    return connections.inTransaction(
        "loading outcomes",
        connection -> {
          ContractTables.execute(
              connection,
              "CREATE TEMPORARY TABLE outcomes_loading (line bigint NOT NULL,"
                  + " encounter bigint NOT NULL, outcome text NOT NULL) ON COMMIT DROP");
          long given = copy(connection, rows);
          long replaced = replace ? replace(connection, source) : 0;
          long loaded = insert(connection, source);
          long refused = refused(connection);
          return new Loaded(
              loaded,
              replaced,
              given - loaded - replaced - refused,
              refused,
              conflicts(connection));
        });
  }

  /** How many encounters have one. */
  public long count() {
    return connections.inTransaction(
        "reading outcomes", c -> ContractTables.number(c, "SELECT count(*) FROM outcomes"));
  }

  private static long copy(Connection connection, Rows rows) throws SQLException {
    try (CopyWriter copy = new CopyWriter(connection, TARGET)) {
      rows.to(
          (line, encounter, outcome) -> {
            copy.field(line);
            copy.field(encounter);
            copy.field(outcome);
            try {
              copy.endRow();
            } catch (SQLException failed) {
              throw DatabaseException.of("loading outcomes", failed);
            }
          });
      return copy.finish();
    }
  }

  private static long replace(Connection connection, String source) throws SQLException {
    return update(
        connection,
        "UPDATE outcomes o SET outcome = n.outcome, source = ?, loaded_at = now() FROM ("
            + FIRST
            + ") n WHERE n.encounter = o.encounter AND n.outcome <> o.outcome",
        source);
  }

  private static long insert(Connection connection, String source) throws SQLException {
    return update(
        connection,
        "INSERT INTO outcomes (encounter, outcome, source) SELECT encounter, outcome, ? FROM ("
            + FIRST
            + ") n ON CONFLICT (encounter) DO NOTHING",
        source);
  }

  private static long update(Connection connection, String sql, String source) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, source);
      return update.executeUpdate();
    }
  }

  private static final String REFUSED =
      " FROM outcomes_loading n JOIN outcomes o USING (encounter) WHERE n.outcome <> o.outcome";

  private static long refused(Connection connection) throws SQLException {
    return ContractTables.number(connection, "SELECT count(*)" + REFUSED);
  }

  private static List<Conflict> conflicts(Connection connection) throws SQLException {
    List<Conflict> conflicts = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT n.line, encounter, n.outcome, o.outcome, o.source"
                + REFUSED
                + " ORDER BY n.line LIMIT "
                + MOST_CONFLICTS)) {
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          conflicts.add(
              new Conflict(
                  r.getLong(1), r.getLong(2), r.getString(3), r.getString(4), r.getString(5)));
        }
      }
    }
    return conflicts;
  }
}
