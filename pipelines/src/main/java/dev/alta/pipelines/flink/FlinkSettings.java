package dev.alta.pipelines.flink;

import java.util.regex.Pattern;

/**
 * Where and how broad a pipeline runs.
 *
 * @param master {@code [local]} for a Flink in this process; {@code host:port}, the REST address of
 *     a cluster; or {@code [auto]} for the cluster that this program was submitted to
 * @param parallelism how many workers do each step
 * @param attached whether to wait for the job's end, where that is asked for: a program that was
 *     submitted to be detached never waits
 */
public record FlinkSettings(String master, int parallelism, boolean attached) {
  /** A Flink in this process. */
  public static final String LOCAL = "[local]";

  /** The cluster to which this program was submitted. */
  public static final String SUBMITTED = "[auto]";

  private static final Pattern ADDRESS = Pattern.compile("[^\\s/:\\[\\]]+:[0-9]{1,5}");

  public FlinkSettings {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism: " + parallelism + " (expected: > 0)");
    }
    if (!master.equals(LOCAL) && !master.equals(SUBMITTED) && !ADDRESS.matcher(master).matches()) {
      throw new IllegalArgumentException(
          "flinkMaster: "
              + master
              + " (expected: host:port of a Flink cluster's REST, or [local])");
    }
  }

  /** Waits for the job's end. */
  public FlinkSettings(String master, int parallelism) {
    this(master, parallelism, true);
  }

  /** In this process, with two workers for each step. */
  public static FlinkSettings local() {
    return new FlinkSettings(LOCAL, 2);
  }

  /** On the cluster to which this program was submitted, as broad as was said there. */
  public static FlinkSettings submitted() {
    return new FlinkSettings(SUBMITTED, Math.max(1, ClusterEnvironment.submittedParallelism()));
  }

  public FlinkSettings withParallelism(int newParallelism) {
    return new FlinkSettings(master, newParallelism, attached);
  }

  /** Does not wait for the job's end. */
  public FlinkSettings detached() {
    return new FlinkSettings(master, parallelism, false);
  }
}
