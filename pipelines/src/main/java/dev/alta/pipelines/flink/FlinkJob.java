package dev.alta.pipelines.flink;

import dev.alta.database.DatabaseException;
import dev.alta.model.registry.StoreException;
import dev.alta.pipelines.PipelineException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * One pipeline as one Flink job. In this process nothing is tried again; on a cluster a job whose
 * worker is lost goes on with another, and is started again after any error but a {@link
 * PipelineException}.
 */
public final class FlinkJob {
  private FlinkJob() {}

  /** Builds up a pipeline. */
  @FunctionalInterface
  public interface Steps {
    void addTo(Pipeline pipeline);
  }

  /**
   * Runs a pipeline, to its end if it can be waited for.
   *
   * @return whether it has come to its end; if not, the job was submitted, and nobody here will
   *     hear of it again
   * @throws PipelineException or {@link DatabaseException} or {@link StoreException} if it fails;
   *     the one thrown by the step that failed, if it was one of these
   */
  public static boolean run(String name, FlinkSettings settings, Steps steps) {
    return run(name, settings, job -> {}, steps);
  }

  /**
   * The same.
   *
   * @param submitted hears of a job on a cluster, before it is waited for
   */
  public static boolean run(
      String name, FlinkSettings settings, Consumer<ClusterJob> submitted, Steps steps) {
    try {
      return settings.master().equals(FlinkSettings.LOCAL)
          ? runLocal(name, settings, steps)
          : runOnCluster(name, settings, submitted, steps);
    } catch (RuntimeException failed) {
      throw FailureReason.of(name, failed);
    }
  }

  private static boolean runLocal(String name, FlinkSettings settings, Steps steps) {
    try (LocalFlink flink = LocalFlink.create()) {
      FlinkPipelineOptions options = options(name, settings);
      options.setFlinkMaster(settings.master());
      options.setFilesToStage(List.of()); // the job runs on this class path
      options.setFlinkConfDir(flink.toString());
      return run(options, true, steps);
    }
  }

  private static boolean runOnCluster(
      String name, FlinkSettings settings, Consumer<ClusterJob> submitted, Steps steps) {
    boolean attached = ClusterEnvironment.install(settings, submitted);
    try {
      FlinkPipelineOptions options = options(name, settings);
      options.setFlinkMaster(FlinkSettings.SUBMITTED); // takes the environment installed above
      return run(options, attached, steps);
    } finally {
      ClusterEnvironment.remove(settings);
    }
  }

  private static boolean run(FlinkPipelineOptions options, boolean attached, Steps steps) {
    options.setAttachedMode(attached);
    Pipeline pipeline = Pipeline.create(options);
    steps.addTo(pipeline);
    PipelineResult result = pipeline.run();
    if (!attached) {
      return false;
    }
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new PipelineException(
          options.getJobName() + ": ended as " + state + " (expected: DONE)");
    }
    return true;
  }

  private static FlinkPipelineOptions options(String name, FlinkSettings settings) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setJobName("alta-" + name);
    options.setParallelism(settings.parallelism());
    options.setObjectReuse(true);
    options.setFasterCopy(true);
    return options;
  }
}
