package dev.alta.app.command;

import dev.alta.app.cluster.ClusterEngine;
import dev.alta.app.data.EmbeddedEngine;
import dev.alta.app.data.Engine;
import dev.alta.app.home.Parts;
import dev.alta.app.home.StorageSettings;
import dev.alta.core.life.CannotStartException;
import dev.alta.kubernetes.job.FlinkJobs;
import dev.alta.kubernetes.job.JobSettings;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.score.ScoreSettings;
import dev.alta.pipelines.source.SourceUrl;
import java.time.Duration;
import java.util.Optional;

/**
 * Where pipelines run.
 *
 * @param kubernetes else in this process
 * @param namespace empty for that of the kubeconfig or the pod
 * @param template name of the FlinkDeployment that jobs are made from
 * @param longestMinutes how long a job may take
 */
record EngineSettings(boolean kubernetes, String namespace, String template, int longestMinutes) {
  EngineSettings {
    if (longestMinutes < 1) {
      throw new IllegalArgumentException("jobTimeout: " + longestMinutes + " (expected: > 0)");
    }
  }

  boolean isEmbedded() {
    return !kubernetes;
  }

  /** The engine. One that talks to a cluster is stopped with the other parts. */
  Engine open(Parts parts) {
    if (!kubernetes) {
      return new EmbeddedEngine();
    }
    try {
      return parts.start(() -> new ClusterEngine(FlinkJobs.open(jobs(), System::nanoTime)));
    } catch (NoClassDefFoundError missing) {
      throw new CannotStartException(
          "engine: kubernetes, whose libraries are not on the class path (expected:"
              + " app/target/lib-kubernetes/* on it, as ./alta has it)",
          missing);
    }
  }

  private JobSettings jobs() {
    return JobSettings.standard()
        .withNamespace(Optional.of(namespace).filter(name -> !name.isEmpty()))
        .withTemplate(template)
        .withLongest(Duration.ofMinutes(longestMinutes));
  }

  /**
   * Makes sure that a cluster can reach database and bucket.
   *
   * @throws IllegalArgumentException if they are embedded parts
   */
  void requireReachable(StorageSettings where) {
    if (kubernetes && (where.database().isEmpty() || where.store().isEmpty())) {
      throw new IllegalArgumentException(
          "engine: kubernetes, with the embedded "
              + (where.database().isEmpty() ? "database" : "store")
              + " (expected: --database-url and --store-url, as the pods of the cluster reach"
              + " them)");
    }
  }

  /**
   * Makes sure that a cluster can read or write something.
   *
   * @param name of the setting
   * @return the address
   * @throws IllegalArgumentException if it is a file of this machine
   */
  String requireReachable(String name, String address) {
    if (kubernetes
        && !address.startsWith(Place.S3)
        && !SourceUrl.isUrl(address)
        && !ScoreSettings.needsDatabase(address, address)) {
      throw new IllegalArgumentException(
          name
              + ": "
              + address
              + " (expected: s3://… or a URL, as the pods of a cluster see no file of this"
              + " machine)");
    }
    return address;
  }
}
