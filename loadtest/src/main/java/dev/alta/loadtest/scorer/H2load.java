package dev.alta.loadtest.scorer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs h2load, which speaks HTTP/1.1 and HTTP/2 and so can send a gRPC call as well as JSON: the
 * same client for both. It sends a fixed number of requests and waits for all of their answers.
 */
final class H2load {
  /** What a run showed; latencies in milliseconds. */
  record Run(double perSecond, double p50, double p99, long errors) {}

  /**
   * How something is asked.
   *
   * @param options of h2load: the version of HTTP, connections, requests at once, headers
   * @param body of each request
   */
  record Way(String url, List<String> options, Path body, int connections) {}

  private final String program;
  private final Path folder;

  H2load(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Asks as fast as answers come. */
  Run flatOut(Way way, int requests) throws IOException, InterruptedException {
    return run(way, requests, List.of());
  }

  /** Asks so many times a second. */
  Run atRate(Way way, int requests, double perSecond) throws IOException, InterruptedException {
    String each = Long.toString(Math.max(1, Math.round(perSecond / way.connections())));
    return run(way, requests, List.of("--rps=" + each));
  }

  private Run run(Way way, int requests, List<String> more)
      throws IOException, InterruptedException {
    Path log = folder.resolve("h2load.log");
    Files.deleteIfExists(log);
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(way.options());
    command.addAll(more);
    command.addAll(List.of("-n", Integer.toString(requests), "-d", way.body().toString()));
    command.addAll(List.of("--log-file=" + log, way.url()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("h2load.out").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("h2load: exit code " + process.exitValue() + " (expected: 0)");
    }
    return read(log, requests);
  }

  /** A line for each request: start and time taken in microseconds, with the status between. */
  private static Run read(Path log, int requests) throws IOException {
    List<String> lines = Files.readAllLines(log);
    long[] micros = new long[lines.size()];
    long first = Long.MAX_VALUE;
    long last = 0;
    int answered = 0;
    for (String line : lines) {
      List<String> fields = Arrays.asList(line.split("\t", -1));
      long start = Long.parseLong(fields.get(0));
      long took = Long.parseLong(fields.get(2));
      if (fields.get(1).equals("200")) {
        micros[answered++] = took;
        first = Math.min(first, start);
        last = Math.max(last, start + took);
      }
    }
    long[] sorted = Arrays.copyOf(micros, answered);
    Arrays.sort(sorted);
    return new Run(
        answered * 1e6 / Math.max(1, last - first),
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        requests - answered);
  }

  private static double quantile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * share)] / 1e3;
  }
}
