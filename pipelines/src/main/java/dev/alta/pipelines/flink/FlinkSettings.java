package dev.alta.pipelines.flink;

/**
 * Where and how broad a pipeline runs.
 *
 * @param master {@code [local]} for a Flink in this process, or {@code host:port} of a cluster
 * @param parallelism how many workers do each step
 */
public record FlinkSettings(String master, int parallelism) {
  /** A Flink in this process. */
  public static final String LOCAL = "[local]";

  public FlinkSettings {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism: " + parallelism + " (expected: > 0)");
    }
  }

  /** In this process, with two workers for each step. */
  public static FlinkSettings local() {
    return new FlinkSettings(LOCAL, 2);
  }
}
