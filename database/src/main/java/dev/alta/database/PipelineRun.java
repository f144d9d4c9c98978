package dev.alta.database;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run of a pipeline.
 *
 * @param kind ingest, prepare, score
 * @param subject what it reads or makes
 * @param who started it
 * @param seen when there was the last sign of life of it
 * @param ended empty while it runs
 * @param reason why it failed
 * @param master where it runs: {@code [local]}, or the REST address of a Flink cluster
 * @param job Flink's id of it, on a cluster
 * @param total rows to do, where that is known
 * @param counts so far
 * @param sinceSeen how long ago the last sign of life was, by the database's clock
 * @param workflow that asked for it; empty where a person did
 */
public record PipelineRun(
    long run,
    String kind,
    String subject,
    String who,
    Instant started,
    Instant seen,
    Optional<Instant> ended,
    State state,
    Optional<String> reason,
    String master,
    Optional<String> job,
    OptionalLong total,
    RunCounts counts,
    Duration sinceSeen,
    OptionalLong workflow) {
  /** How it stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  // A process that waits for a run gives a sign every few seconds.
  static final Duration SILENCE = Duration.ofMinutes(1);

  /**
   * Whether it should run, but neither its process nor a worker has been heard of for a minute: it
   * was killed, or it is a job that nobody waits for, in a long step.
   */
  public boolean isSilent() {
    return state == State.RUNNING && sinceSeen.compareTo(SILENCE) > 0;
  }

  /** {@code RUNNING}, {@code SILENT}, {@code DONE} or {@code FAILED}. */
  public String standing() {
    return isSilent() ? "SILENT" : state.name();
  }

  /** How long it took, or has taken up to its last sign of life, in seconds. */
  public double seconds() {
    return Duration.between(started, ended.orElse(seen)).toMillis() / 1e3;
  }
}
