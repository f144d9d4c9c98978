package dev.alta.pipelines.flink;

import dev.alta.database.DatabaseException;
import dev.alta.model.registry.StoreException;
import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/** One pipeline as one Flink job. */
public final class FlinkJob {
  // Flink would take 40% of the free heap for sorting and 64 MiB or more for its network. These
  // suffice, as what flows are descriptions of batches and pairs of numbers. Its REST port, which
  // it needs even within one process, stays on loopback.
  private static final String LOCAL_CONFIG =
      """
      taskmanager.memory.managed.size: 64m
      taskmanager.memory.network.min: 32m
      taskmanager.memory.network.max: 32m
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      rest.bind-port: 0
      web.submit.enable: false
      """;

  private FlinkJob() {}

  /** Builds up a pipeline. */
  @FunctionalInterface
  public interface Steps {
    void addTo(Pipeline pipeline);
  }

  /**
   * Runs a pipeline to its end.
   *
   * @throws PipelineException or {@link DatabaseException} or {@link StoreException} if it fails;
   *     the one thrown by the step that failed, if it was one of these
   */
  public static void run(String name, FlinkSettings settings, Steps steps) {
    Path config = writeConfig();
    try {
      Pipeline pipeline = Pipeline.create(options(name, settings, config));
      steps.addTo(pipeline);
      PipelineResult.State state = pipeline.run().waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new PipelineException(name + ": ended as " + state + " (expected: DONE)");
      }
    } catch (RuntimeException failed) {
      throw reason(name, failed);
    } finally {
      delete(config);
    }
  }

  private static FlinkPipelineOptions options(String name, FlinkSettings settings, Path config) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setJobName("alta-" + name);
    options.setFlinkMaster(settings.master());
    options.setParallelism(settings.parallelism());
    options.setObjectReuse(true);
    options.setFasterCopy(true);
    if (settings.master().equals(FlinkSettings.LOCAL)) {
      options.setFilesToStage(List.of()); // the job runs on this class path
      options.setFlinkConfDir(config.toString());
    }
    return options;
  }

  /** The cause that says in words what was wrong, or else the innermost one. */
  private static RuntimeException reason(String name, RuntimeException failed) {
    Throwable innermost = failed;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof PipelineException
          || cause instanceof DatabaseException
          || cause instanceof StoreException) {
        return (RuntimeException) cause;
      }
      innermost = cause;
    }
    return new PipelineException(name + ": " + firstLine(innermost.toString()), failed);
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  private static Path writeConfig() {
    try {
      Path folder = Files.createTempDirectory("alta-flink-");
      Files.writeString(folder.resolve("config.yaml"), LOCAL_CONFIG);
      return folder;
    } catch (IOException failed) {
      throw new PipelineException("no folder for Flink's settings: " + failed.getMessage(), failed);
    }
  }

  private static void delete(Path config) {
    try {
      Files.deleteIfExists(config.resolve("config.yaml"));
      Files.deleteIfExists(config);
    } catch (IOException failed) {
      throw new PipelineException("Flink's settings: " + failed.getMessage(), failed);
    }
  }
}
