package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.kubernetes.job.JobSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where pipelines run: options of the commands that can do them elsewhere. */
final class EngineOptions {
  /** As people write it. */
  private enum Name {
    embedded,
    kubernetes
  }

  @Option(
      names = "--engine",
      paramLabel = "embedded|kubernetes",
      defaultValue = "embedded",
      description =
          "Where pipelines run: in this process, or each on a Flink of its own that the Flink"
              + " operator of a Kubernetes cluster makes (${DEFAULT-VALUE}).")
  private Name engine;

  @Option(
      names = "--kubernetes-namespace",
      paramLabel = "NAME",
      description = "Where its jobs run: that of the kubeconfig or the pod, if not given.")
  private @Nullable String namespace;

  @Option(
      names = "--kubernetes-template",
      paramLabel = "NAME",
      defaultValue = JobSettings.TEMPLATE,
      description =
          "The suspended FlinkDeployment there that jobs are made from (${DEFAULT-VALUE}).")
  private String template;

  @Option(
      names = "--job-timeout",
      paramLabel = "MINUTES",
      defaultValue = "" + JobSettings.LONGEST_MINUTES,
      description = "How long a job may take there, its start included (${DEFAULT-VALUE}).")
  private int longestMinutes;

  String name() {
    return engine.name();
  }

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if a cluster cannot reach what is stored
   */
  EngineSettings settings(StorageSettings where) {
    EngineSettings settings =
        new EngineSettings(
            engine == Name.kubernetes,
            namespace == null ? "" : namespace,
            template,
            longestMinutes);
    settings.requireReachable(where);
    return settings;
  }
}
