package dev.alta.database;

import dev.alta.database.WorkflowRun.Line;
import dev.alta.database.WorkflowRun.StepState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables {@code workflow_run}, {@code workflow_step} and {@code workflow_log}. Of each kind at
 * most one workflow runs, and at most one process works on it. What a process writes whose workflow
 * was taken over is refused. Safe for use by several threads.
 */
public final class Workflows {
  private static final int LONGEST_LINE = 1_000;

  private final Connections connections;

  Workflows(Connections connections) {
    this.connections = connections;
  }

  /**
   * Who this process is.
   *
   * @param isGone whether another holder is known to be no more; a silent one counts as such anyhow
   */
  public record Self(String who, String host, long pid, Predicate<Holder> isGone) {}

  /** The workflow of a kind that is not at its end, if there is one. */
  public Optional<WorkflowRun> running(String kind) {
    return connections.inTransaction("reading workflow_run", c -> WorkflowRows.running(c, kind));
  }

  /**
   * Begins a new one.
   *
   * @param settings a JSON object
   * @return the right to work on it; held where one of this kind is not at its end
   */
  public Claim begin(String kind, String settings, Self self) {
    return connections.inRetriedTransaction(
        "beginning a workflow",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO workflow_run (kind, settings, held_by, held_on, held_pid)"
                      + " VALUES (?, ?::json, ?, ?, ?)"
                      + " ON CONFLICT (kind) WHERE state = 'RUNNING' DO NOTHING"
                      + " RETURNING workflow")) {
            insert.setString(1, kind);
            insert.setString(2, settings);
            insert.setString(3, self.who());
            insert.setString(4, self.host());
            insert.setLong(5, self.pid());
            try (ResultSet result = insert.executeQuery()) {
              if (result.next()) {
                return new Claim.Taken(new Hold(result.getLong(1), 1));
              }
            }
          }
          WorkflowRun other =
              WorkflowRows.running(connection, kind)
                  .orElseThrow(() -> new DatabaseException("workflow: ended just now; try again"));
          return new Claim.Held(other.workflow(), WorkflowRows.lastHolder(connection, other));
        });
  }

  /**
   * Goes on with one that was interrupted or has failed.
   *
   * @throws DatabaseException if there is none of this number, or it is done, or another one of its
   *     kind runs
   */
  public Claim resume(long workflow, Self self) {
    return connections.inRetriedTransaction(
        "resuming workflow " + workflow,
        connection -> {
          WorkflowLocks.lock(connection, workflow);
          WorkflowRun found = WorkflowLocks.require(connection, workflow);
          if (found.state() == WorkflowRun.State.DONE) {
            throw new DatabaseException(
                "workflow " + workflow + ": done (expected: one that was interrupted or failed)");
          }
          Optional<WorkflowRun> other = WorkflowRows.running(connection, found.kind());
          if (other.isPresent() && other.get().workflow() != workflow) {
            return new Claim.Held(
                other.get().workflow(), WorkflowRows.lastHolder(connection, other.get()));
          }
          Optional<Holder> holder = found.holder();
          if (holder.isPresent() && !holder.get().isSilent() && !self.isGone().test(holder.get())) {
            return new Claim.Held(workflow, holder.get());
          }
          return new Claim.Taken(
              new Hold(workflow, WorkflowLocks.take(connection, workflow, self)));
        });
  }

  /** It is alive. */
  public void seen(Hold hold) {
    update(hold, "seen_at = now()");
  }

  /** Lets go of it, so that somebody else can go on; nothing happens where it is at its end. */
  public void release(Hold hold) {
    connections.inTransaction(
        "releasing workflow " + hold.workflow(),
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE workflow_run SET seen_at = NULL WHERE workflow = ? AND holders = ?")) {
            update.setLong(1, hold.workflow());
            update.setInt(2, hold.number());
            return update.executeUpdate();
          }
        });
  }

  /** It has reached its end. */
  public void done(Hold hold, String result) {
    update(hold, "state = 'DONE', ended_at = now(), seen_at = NULL, result = ?", result);
  }

  /** It has failed, and may be resumed. */
  public void failed(Hold hold, String reason) {
    update(hold, "state = 'FAILED', ended_at = now(), seen_at = NULL, result = ?", cut(reason));
  }

  /** Begins a step, or begins it again. */
  public void stepBegun(Hold hold, int position, String name) {
    step(
        hold,
        "INSERT INTO workflow_step AS s (workflow, position, name, state)"
            + " VALUES (?, ?, ?, 'RUNNING') ON CONFLICT (workflow, position) DO UPDATE"
            + " SET state = 'RUNNING', attempts = s.attempts + 1, started_at = now(),"
            + " ended_at = NULL, outcome = NULL",
        hold.workflow(),
        position,
        name);
  }

  /**
   * Ends a step.
   *
   * @param outcome a JSON object
   */
  public void stepEnded(Hold hold, int position, StepState state, String outcome) {
    step(
        hold,
        "UPDATE workflow_step SET state = ?, ended_at = now(), outcome = ?::json"
            + " WHERE workflow = ? AND position = ?",
        state.name(),
        outcome,
        hold.workflow(),
        position);
  }

  /** Writes a line into its log. */
  public void log(Hold hold, String step, String words) {
    step(
        hold,
        "INSERT INTO workflow_log (workflow, step, words) VALUES (?, ?, ?)",
        hold.workflow(),
        step,
        cut(words));
  }

  /** A workflow by its number. */
  public Optional<WorkflowRun> find(long workflow) {
    return connections.inTransaction(
        "reading workflow_run", c -> WorkflowRows.find(c, workflow).stream().findFirst());
  }

  /** The latest ones, newest first. */
  public List<WorkflowRun> latest(int limit) {
    return before(Long.MAX_VALUE, limit);
  }

  /** The latest ones before one, newest first. */
  public List<WorkflowRun> before(long workflow, int limit) {
    return connections.inTransaction(
        "reading workflow_run", c -> WorkflowRows.before(c, workflow, limit));
  }

  /** The log of a workflow, from its first line on. */
  public List<Line> log(long workflow) {
    return latestLog(workflow, Integer.MAX_VALUE);
  }

  /** The latest lines of the log of a workflow, in the order in which they were written. */
  public List<Line> latestLog(long workflow, int limit) {
    return connections.inTransaction(
        "reading workflow_log", c -> WorkflowRows.log(c, workflow, limit));
  }

  private void update(Hold hold, String assignments, Object... values) {
    Object[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = hold.workflow();
    step(hold, "UPDATE workflow_run SET " + assignments + " WHERE workflow = ?", all);
  }

  private void step(Hold hold, String sql, Object... values) {
    connections.inRetriedTransaction(
        "keeping workflow " + hold.workflow(),
        connection -> {
          WorkflowLocks.requireHeld(connection, hold);
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
          }
        });
  }

  private static String cut(String words) {
    return words.substring(0, Math.min(LONGEST_LINE, words.length()));
  }
}
