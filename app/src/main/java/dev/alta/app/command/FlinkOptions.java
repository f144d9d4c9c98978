package dev.alta.app.command;

import dev.alta.pipelines.flink.FlinkSettings;
import picocli.CommandLine.Option;

/** Where a pipeline runs, and how broad: the options of every command that runs one. */
final class FlinkOptions {
  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many workers do each step (${DEFAULT-VALUE}).")
  private int parallelism;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      defaultValue = FlinkSettings.LOCAL,
      description =
          "REST address of the Flink cluster to run on, which must reach the database and the data"
              + " by the same names (${DEFAULT-VALUE}: in this process).")
  private String master;

  FlinkSettings settings() {
    return new FlinkSettings(master, parallelism);
  }
}
