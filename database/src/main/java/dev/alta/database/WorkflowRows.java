package dev.alta.database;

import dev.alta.database.WorkflowRun.Line;
import dev.alta.database.WorkflowRun.State;
import dev.alta.database.WorkflowRun.Step;
import dev.alta.database.WorkflowRun.StepState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads workflows. */
final class WorkflowRows {
  private static final String COLUMNS =
      "SELECT workflow, kind, settings, started_at, ended_at, state, result, held_by, held_on,"
          + " held_pid, held_since, seen_at, extract(epoch FROM now() - seen_at) AS since_seen"
          + " FROM workflow_run";

  private WorkflowRows() {}

  static Optional<WorkflowRun> running(Connection connection, String kind) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + " WHERE kind = ? AND state = 'RUNNING'")) {
      select.setString(1, kind);
      return read(connection, select).stream().findFirst();
    }
  }

  static List<WorkflowRun> find(Connection connection, long workflow) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COLUMNS + " WHERE workflow = ?")) {
      select.setLong(1, workflow);
      return read(connection, select);
    }
  }

  static List<WorkflowRun> before(Connection connection, long workflow, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " WHERE workflow < ? ORDER BY workflow DESC LIMIT ?")) {
      select.setLong(1, workflow);
      select.setInt(2, limit);
      return read(connection, select);
    }
  }

  /** Who held it last, also where they have let go of it. */
  static Holder lastHolder(Connection connection, WorkflowRun run) throws SQLException {
    if (run.holder().isPresent()) {
      return run.holder().get();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT held_by, held_on, held_pid, held_since, 0 AS since_seen FROM workflow_run"
                + " WHERE workflow = ?")) {
      select.setLong(1, run.workflow());
      try (ResultSet r = select.executeQuery()) {
        r.next();
        return holder(r);
      }
    }
  }

  /** The latest lines, in the order in which they were written. */
  static List<Line> log(Connection connection, long workflow, int limit) throws SQLException {
    List<Line> lines = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT logged_at, step, words FROM (SELECT * FROM workflow_log WHERE workflow = ?"
                + " ORDER BY line DESC LIMIT ?) latest ORDER BY line")) {
      select.setLong(1, workflow);
      select.setInt(2, limit);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          lines.add(new Line(r.getTimestamp(1).toInstant(), r.getString(2), r.getString(3)));
        }
      }
    }
    return lines;
  }

  private static List<WorkflowRun> read(Connection connection, PreparedStatement select)
      throws SQLException {
    List<WorkflowRun> runs = new ArrayList<>();
    try (ResultSet r = select.executeQuery()) {
      while (r.next()) {
        long workflow = r.getLong("workflow");
        runs.add(
            new WorkflowRun(
                workflow,
                r.getString("kind"),
                r.getString("settings"),
                r.getTimestamp("started_at").toInstant(),
                instant(r.getTimestamp("ended_at")),
                State.valueOf(r.getString("state")),
                Optional.ofNullable(r.getString("result")),
                r.getTimestamp("seen_at") == null ? Optional.empty() : Optional.of(holder(r)),
                steps(connection, workflow)));
      }
    }
    return runs;
  }

  private static Holder holder(ResultSet r) throws SQLException {
    return new Holder(
        r.getString("held_by"),
        r.getString("held_on"),
        r.getLong("held_pid"),
        r.getTimestamp("held_since").toInstant(),
        Duration.ofMillis((long) (r.getDouble("since_seen") * 1_000)));
  }

  private static List<Step> steps(Connection connection, long workflow) throws SQLException {
    List<Step> steps = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, name, state, attempts, started_at, ended_at, outcome"
                + " FROM workflow_step WHERE workflow = ? ORDER BY position")) {
      select.setLong(1, workflow);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          steps.add(
              new Step(
                  r.getInt("position"),
                  r.getString("name"),
                  StepState.valueOf(r.getString("state")),
                  r.getInt("attempts"),
                  r.getTimestamp("started_at").toInstant(),
                  instant(r.getTimestamp("ended_at")),
                  Optional.ofNullable(r.getString("outcome"))));
        }
      }
    }
    return steps;
  }

  private static Optional<Instant> instant(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }
}
