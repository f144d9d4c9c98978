package dev.alta.kubernetes.job;

import java.time.Duration;
import java.util.Optional;

/**
 * Where jobs run, and how long is waited for what.
 *
 * @param namespace of the cluster; empty for the one of the kubeconfig, or of the pod
 * @param template name of the suspended FlinkDeployment that jobs are made from
 * @param longest how long a job may take, its start included
 * @param patience how long the operator may take to take it up, and how long what is wrong with it
 *     may last before it counts as failed: a lack of room in the cluster may pass
 */
public record JobSettings(
    Optional<String> namespace, String template, Duration longest, Duration patience) {
  /** As {@code k8s/base/flink} names it. */
  public static final String TEMPLATE = "alta-jobs";

  public static final int LONGEST_MINUTES = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  public JobSettings {
    requirePositive("longest", longest);
    requirePositive("patience", patience);
  }

  /** The usual settings: an hour, two minutes. */
  public static JobSettings standard() {
    return new JobSettings(
        Optional.empty(), TEMPLATE, Duration.ofMinutes(LONGEST_MINUTES), PATIENCE);
  }

  public JobSettings withNamespace(Optional<String> other) {
    return new JobSettings(other, template, longest, patience);
  }

  public JobSettings withTemplate(String other) {
    return new JobSettings(namespace, other, longest, patience);
  }

  public JobSettings withLongest(Duration other) {
    return new JobSettings(namespace, template, other, patience);
  }

  public JobSettings withPatience(Duration other) {
    return new JobSettings(namespace, template, longest, other);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + ": " + duration + " (expected: > 0)");
    }
  }
}
