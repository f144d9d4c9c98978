package dev.alta.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code initdb} and {@code pg_ctl}. PostgreSQL refuses to run as root: root therefore runs
 * them in a user namespace of its own ({@code unshare --user}), in which nobody is root; its files
 * stay root's.
 */
final class PostgresPrograms {
  private final Path home;
  private final List<String> prefix;

  private PostgresPrograms(Path home, List<String> prefix) {
    this.home = home;
    this.prefix = prefix;
  }

  static PostgresPrograms in(Path home) throws IOException {
    if (!System.getProperty("user.name", "").equals("root")) {
      return new PostgresPrograms(home, List.of());
    }
    PostgresPrograms asNobody = new PostgresPrograms(home, List.of("unshare", "--user"));
    try {
      asNobody.execute(List.of("unshare", "--user", "true"), Duration.ofSeconds(10));
    } catch (IOException refused) {
      throw new IOException(
          "PostgreSQL cannot run as root and `unshare --user` is not allowed here"
              + " (expected: another user, or the URL of a server)",
          refused);
    }
    return asNobody;
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException if it fails or takes longer; the message holds the end of its output
   */
  void run(String program, Duration limit, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    execute(command, limit);
  }

  private void execute(List<String> command, Duration limit) throws IOException {
    // Into a file: a daemon that the program leaves behind would keep a pipe open.
    Path output = Files.createTempFile("alta-postgres", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      process.getOutputStream().close();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended || process.exitValue() != 0) {
        String how = ended ? "exit code " + process.exitValue() : "longer than " + limit;
        throw new IOException(
            Path.of(command.get(Math.min(prefix.size(), command.size() - 1))).getFileName()
                + ": "
                + how
                + " (expected: exit code 0): "
                + end(Files.readString(output)));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while PostgreSQL was starting or stopping");
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }

  private static String end(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }
}
