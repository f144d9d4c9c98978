package dev.alta.database;

import dev.alta.database.PipelineRun.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The table {@code pipeline_run}. Safe for use by several threads. */
public final class Runs {
  private static final int LONGEST_REASON = 1_000;

  private final Connections connections;

  Runs(Connections connections) {
    this.connections = connections;
  }

  /**
   * Enters a run that starts now.
   *
   * @param master where it runs: {@code [local]} or a cluster's REST address
   * @return its number
   */
  public long begin(RunStart start, String master) {
    return connections.inTransaction(
        "entering a run",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO pipeline_run (kind, subject, started_by, flink_master, workflow)"
                      + " VALUES (?, ?, ?, ?, ?) RETURNING run")) {
            insert.setString(1, start.kind());
            insert.setString(2, start.subject());
            insert.setString(3, start.who());
            insert.setString(4, master);
            insert.setObject(
                5,
                start.workflow().isPresent() ? start.workflow().getAsLong() : null,
                Types.BIGINT);
            try (ResultSet result = insert.executeQuery()) {
              result.next();
              return result.getLong(1);
            }
          }
        });
  }

  /** Keeps where a cluster runs it, and the id that it has there. */
  public void submitted(long run, String master, String job) {
    update(
        "UPDATE pipeline_run SET flink_master = ?, flink_job = ?, seen_at = now() WHERE run = ?",
        master,
        job,
        run);
  }

  /** How many rows there are to do. */
  public void total(long run, long rows) {
    update("UPDATE pipeline_run SET rows_total = ?, seen_at = now() WHERE run = ?", rows, run);
  }

  /** It is alive. */
  public void seen(long run) {
    update("UPDATE pipeline_run SET seen_at = now() WHERE run = ?", run);
  }

  /** Adds what was done: for a worker that has committed a batch. */
  public void add(long run, RunCounts done) {
    update(
        "UPDATE pipeline_run SET rows_read = rows_read + ?, rows_passed = rows_passed + ?,"
            + " rows_rejected = rows_rejected + ?, batches = batches + ?, seen_at = now()"
            + " WHERE run = ?",
        done.read(),
        done.passed(),
        done.rejected(),
        done.batches(),
        run);
  }

  /** It has reached its end, whoever took it for failed before; the time of the first end stays. */
  public void done(long run) {
    update(
        "UPDATE pipeline_run SET state = 'DONE', reason = NULL, seen_at = now(), ended_at = now()"
            + " WHERE run = ? AND state <> 'DONE'",
        run);
  }

  /** The same, with the counts of all of it, which are exact where a lost worker left some out. */
  public void done(long run, RunCounts all) {
    update(
        "UPDATE pipeline_run SET state = 'DONE', reason = NULL, seen_at = now(), ended_at = now(),"
            + " rows_read = ?, rows_passed = ?, rows_rejected = ?, batches = ?"
            + " WHERE run = ? AND state <> 'DONE'",
        all.read(),
        all.passed(),
        all.rejected(),
        all.batches(),
        run);
  }

  /**
   * It has failed, if only after its last step.
   *
   * @param reason in one line
   */
  public void failed(long run, String reason) {
    update(
        "UPDATE pipeline_run SET state = 'FAILED', reason = ?, seen_at = now(), ended_at = now()"
            + " WHERE run = ? AND state <> 'FAILED'",
        reason.substring(0, Math.min(LONGEST_REASON, reason.length())),
        run);
  }

  /** Rows of a run that were committed so far. */
  public long rowsRead(long run) {
    return connections.inTransaction(
        "reading the runs",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT rows_read FROM pipeline_run WHERE run = ?")) {
            select.setLong(1, run);
            try (ResultSet result = select.executeQuery()) {
              return result.next() ? result.getLong(1) : 0;
            }
          }
        });
  }

  /** The latest runs, newest first. */
  public List<PipelineRun> latest(int limit) {
    return before(Long.MAX_VALUE, limit);
  }

  /** The latest runs before one, newest first. */
  public List<PipelineRun> before(long run, int limit) {
    return connections.inTransaction("reading the runs", c -> select(c, "run < ?", run, limit));
  }

  /** The latest runs that a workflow asked for, newest first. */
  public List<PipelineRun> ofWorkflow(long workflow, int limit) {
    return connections.inTransaction(
        "reading the runs", c -> select(c, "workflow = ?", workflow, limit));
  }

  private static List<PipelineRun> select(
      Connection connection, String condition, long number, int limit) throws SQLException {
    List<PipelineRun> runs = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT run, kind, subject, started_by, started_at, seen_at, ended_at, state, reason,"
                + " flink_master, flink_job, rows_total, rows_read, rows_passed, rows_rejected,"
                + " batches, workflow, extract(epoch FROM now() - seen_at) AS since_seen"
                + " FROM pipeline_run WHERE "
                + condition
                + " ORDER BY run DESC LIMIT ?")) {
      select.setLong(1, number);
      select.setInt(2, limit);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          runs.add(read(r));
        }
      }
    }
    return runs;
  }

  private static PipelineRun read(ResultSet r) throws SQLException {
    long total = r.getLong("rows_total");
    OptionalLong rowsTotal = r.wasNull() ? OptionalLong.empty() : OptionalLong.of(total);
    long workflow = r.getLong("workflow");
    OptionalLong ofWorkflow = r.wasNull() ? OptionalLong.empty() : OptionalLong.of(workflow);
    return new PipelineRun(
        r.getLong("run"),
        r.getString("kind"),
        r.getString("subject"),
        r.getString("started_by"),
        r.getTimestamp("started_at").toInstant(),
        r.getTimestamp("seen_at").toInstant(),
        Optional.ofNullable(r.getTimestamp("ended_at")).map(Timestamp::toInstant),
        State.valueOf(r.getString("state")),
        Optional.ofNullable(r.getString("reason")),
        r.getString("flink_master"),
        Optional.ofNullable(r.getString("flink_job")),
        rowsTotal,
        new RunCounts(
            r.getLong("rows_read"),
            r.getLong("rows_passed"),
            r.getLong("rows_rejected"),
            r.getLong("batches")),
        Duration.ofMillis((long) (r.getDouble("since_seen") * 1_000)),
        ofWorkflow);
  }

  /**
   * Without waiting for the disk: should the server fail, at most the entry's last moments are
   * lost, and rows do not wait for it.
   */
  private void update(String sql, Object... values) {
    connections.inRetriedTransaction(
        "keeping a run",
        connection -> {
          ContractTables.execute(connection, "SET LOCAL synchronous_commit TO off");
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
          }
        });
  }
}
