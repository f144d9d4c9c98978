package dev.alta.loadtest.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that are run to their end. */
final class Processes {
  private Processes() {}

  /**
   * Runs one; it must end with 0.
   *
   * @param output takes what it says: a daemon that it leaves behind would keep a pipe open
   */
  static void run(Path output, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", command)
              + ": exit code "
              + code
              + " (expected: 0): "
              + Files.readString(output));
    }
  }
}
