package dev.alta.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server process of a data directory, as its {@code postmaster.pid} names it. */
record Postmaster(Path data, ProcessHandle process) {

  /** The process named in the data directory's pid file, if it is alive and really this server. */
  static Optional<Postmaster> find(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")) {
      throw new IOException(file + ": not a pid file (expected: a process id on the first line)");
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> serves(process, data))
        .map(process -> new Postmaster(data, process));
  }

  /** A process id is used again after a while: the command line tells whose it is now. */
  private static boolean serves(ProcessHandle process, Path data) {
    String program =
        process
            .info()
            .command()
            .map(Path::of)
            .map(Path::getFileName)
            .map(Path::toString)
            .orElse("");
    List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
    return program.equals("postgres") && arguments.contains(data.toString());
  }

  /** Waits until the process is gone. */
  boolean isGoneWithin(Duration limit) throws IOException {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new IOException("waiting for process " + process.pid(), impossible);
    }
  }
}
