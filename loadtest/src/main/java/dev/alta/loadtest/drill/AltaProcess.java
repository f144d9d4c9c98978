package dev.alta.loadtest.drill;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A process of {@code ./alta}; all that it says goes to a file. Made by {@link AltaHome}. */
public final class AltaProcess implements AutoCloseable {
  /** What {@code alta serve} says once it listens: its ports of gRPC and of the metrics. */
  static final String SERVES = "Scorer on port (\\d+), metrics on port (\\d+)";

  /** The exit code of a process that SIGTERM has stopped in good order; 137 if it hung. */
  static final int STOPPED = 143;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final long BETWEEN_LOOKS_MILLIS = 20;

  private final Process process;
  private final List<String> arguments;
  private final Path output;
  private final HttpClient client = HttpClient.newHttpClient();

  AltaProcess(Process process, List<String> arguments, Path output) {
    this.process = process;
    this.arguments = arguments;
    this.output = output;
  }

  public long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has said so far, errors included. */
  public String said() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /**
   * Waits until it has said something.
   *
   * @param pattern found within what it says; {@code ^} and {@code $} stand for lines
   * @throws IOException if it ends before
   */
  public MatchResult await(String pattern) throws IOException {
    Pattern awaited = Pattern.compile(pattern, Pattern.MULTILINE);
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      boolean ended = !process.isAlive();
      var found = awaited.matcher(said());
      if (found.find()) {
        return found.toMatchResult();
      }
      requireGoingOn(ended, pattern, end);
      pause(BETWEEN_LOOKS_MILLIS);
    }
  }

  /** Waits until a path of it is answered with 200, such as {@code /ready} of its metrics port. */
  public void awaitOk(int port, String path) throws IOException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!isOk(port, path)) {
      requireGoingOn(!process.isAlive(), path + " of port " + port + " answered 200", end);
      pause(BETWEEN_LOOKS_MILLIS);
    }
  }

  /** Whether a path of it is answered with 200 now. */
  boolean isOk(int port, String path) throws IOException {
    return body(port, path).isPresent();
  }

  /** What a path of it is answered with; empty where that is not with 200. */
  Optional<String> body(int port, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return Optional.of(response).filter(one -> one.statusCode() == 200).map(HttpResponse::body);
    } catch (InterruptedException hurry) {
      throw interrupted();
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  private void requireGoingOn(boolean ended, String expected, long end) throws IOException {
    if (ended || System.nanoTime() > end) {
      throw new IOException(
          this
              + (ended ? " ended" : " waits")
              + " (expected: "
              + expected
              + "); it said:\n"
              + said());
    }
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, as Ctrl-C does; gives its exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /** SIGSTOP: it stands still. */
  void freeze() throws IOException {
    signal("STOP");
  }

  /** SIGCONT: it goes on. */
  void thaw() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    Signals.send(name, pid());
  }

  /** Waits until it ends by itself; gives its exit code. */
  public int waitFor() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException(this + " waits (expected: its end); it said:\n" + said());
    }
    return process.exitValue();
  }

  /** Waits so long, or until it ends. */
  void waitAtMost(long millis) throws InterruptedException {
    boolean unused = process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Kills it if it is still there. */
  @Override
  public void close() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException hurry) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "alta " + String.join(" ", arguments);
  }

  private static void pause(long millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException hurry) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for a process");
  }
}
