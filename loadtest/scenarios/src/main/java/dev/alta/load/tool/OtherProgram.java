package dev.alta.load.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs another program to its end. */
public final class OtherProgram {
  private OtherProgram() {}

  /**
   * Runs it; it ends with this call, whatever becomes of it.
   *
   * @param name for messages
   * @param log where what it says goes
   * @throws IOException if it takes longer, or does not end with exit code 0
   */
  public static void run(String name, List<String> command, Path log, long longestSeconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(longestSeconds, TimeUnit.SECONDS)) {
        throw new IOException(name + ": not done after " + longestSeconds + " s");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          name + ": exit code " + process.exitValue() + " (expected: 0): " + Files.readString(log));
    }
  }
}
