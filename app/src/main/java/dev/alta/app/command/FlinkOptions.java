package dev.alta.app.command;

import dev.alta.pipelines.flink.FlinkSettings;
import picocli.CommandLine.Option;

/**
 * How broad a pipeline runs in this process: the options of every command that runs one. For a
 * cluster there is the job jar.
 */
final class FlinkOptions {
  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many workers do each step (${DEFAULT-VALUE}).")
  private int parallelism;

  FlinkSettings settings() {
    return new FlinkSettings(FlinkSettings.LOCAL, parallelism);
  }
}
