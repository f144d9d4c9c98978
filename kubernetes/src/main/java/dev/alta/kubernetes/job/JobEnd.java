package dev.alta.kubernetes.job;

import java.util.Optional;

/** How a job ended. */
public sealed interface JobEnd {
  /**
   * As it should.
   *
   * @param job Flink's id of it
   */
  record Done(String job) implements JobEnd {}

  /**
   * It did not come to its end.
   *
   * @param job Flink's id of it, where it has come so far
   * @param words why, in one line
   */
  record NotDone(Optional<String> job, String words) implements JobEnd {}
}
