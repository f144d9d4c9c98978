package dev.alta.kubernetes.job;

import java.util.Optional;

/** How a job stands, as the operator has written it down last. */
public sealed interface JobStanding {
  /** Nobody has taken it up. */
  record Untaken() implements JobStanding {}

  /**
   * It is being started, or runs.
   *
   * @param job Flink's id of it
   * @param words state of JobManager and job
   */
  record Working(Optional<String> job, String words) implements JobStanding {}

  /**
   * Something is wrong with it that may pass.
   *
   * @param words what, in one line
   */
  record Troubled(String words) implements JobStanding {}

  /**
   * It has come to its end.
   *
   * @param job Flink's id of it
   */
  record Finished(String job) implements JobStanding {}

  /**
   * It has failed, or was refused.
   *
   * @param job Flink's id of it, where it has come so far
   * @param words why, in one line
   */
  record Failed(Optional<String> job, String words) implements JobStanding {}
}
