package dev.alta.pipelines.flink;

import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The settings of a Flink in this process, as a folder that Flink reads them from. */
final class LocalFlink implements AutoCloseable {
  // Flink would take 40% of the free heap for sorting and 64 MiB or more for its network. These
  // suffice, as what flows are descriptions of batches and pairs of numbers. Its REST port, which
  // it needs even within one process, stays on loopback.
  private static final String SETTINGS =
      """
      taskmanager.memory.managed.size: 64m
      taskmanager.memory.network.min: 32m
      taskmanager.memory.network.max: 32m
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      rest.bind-port: 0
      web.submit.enable: false
      """;

  private final Path folder;

  private LocalFlink(Path folder) {
    this.folder = folder;
  }

  static LocalFlink create() {
    try {
      Path folder = Files.createTempDirectory("alta-flink-");
      Files.writeString(folder.resolve("config.yaml"), SETTINGS);
      return new LocalFlink(folder);
    } catch (IOException failed) {
      throw new PipelineException("no folder for Flink's settings: " + failed.getMessage(), failed);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve("config.yaml"));
      Files.deleteIfExists(folder);
    } catch (IOException failed) {
      throw new PipelineException("Flink's settings: " + failed.getMessage(), failed);
    }
  }
}
