package dev.alta.loadtest.scorer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, and what it costs. */
final class Child implements AutoCloseable {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TIME = 13;
  private static final long LONGEST_STOP_SECONDS = 60;

  private final Process process;
  private final BufferedReader said;
  private final Writer asked;
  private final int port;

  private Child(Process process) throws IOException {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.asked = process.outputWriter(StandardCharsets.UTF_8);
    this.port = Integer.parseInt(answer(Commands.PORT));
  }

  /**
   * Starts a main class.
   *
   * @param options of the JVM
   */
  static Child start(
      Class<?> main,
      String classPath,
      List<String> options,
      List<String> arguments,
      Map<String, String> secrets)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(secrets);
    return new Child(builder.start());
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Bytes allocated since it began. */
  long allocated() throws IOException {
    asked.write(Commands.ALLOCATED + "\n");
    asked.flush();
    return Long.parseLong(answer(Commands.ALLOCATED + " "));
  }

  /** The next line that begins so, without its beginning; others are its log. */
  private String answer(String beginning) throws IOException {
    String line = said.readLine();
    while (line != null && !line.startsWith(beginning)) {
      System.err.println(line);
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException(process.info().command() + " ended (expected: " + beginning + "…)");
    }
    return line.substring(beginning.length());
  }

  /** Seconds of CPU since it began. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
    // The name, in brackets, may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    int user = USER_TIME - 2;
    return (Long.parseLong(fields[user]) + Long.parseLong(fields[user + 1])) / TICKS_PER_SECOND;
  }

  /** Resident memory in MiB: {@code VmRSS} for now, {@code VmHWM} for the most it ever was. */
  long resident(String which) throws IOException {
    return ProcessStatus.of(pid()).number(which) / 1024;
  }

  @Override
  public void close() {
    try {
      asked.close();
      if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException broken) {
      process.destroyForcibly();
      throw new UncheckedIOException(broken);
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
