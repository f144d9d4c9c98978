package dev.alta.loadtest.scorer;

import dev.alta.proto.v1.PredictRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Measures the scorer and prints tables. Arguments: ghz, an empty folder, rounds, requests of a
 * round, trees, options of the servers' JVMs.
 */
public final class ScorerBenchmark {
  private static final int ROWS = 1_024;
  private static final int STREAMS = 64;
  private static final int CONNECTIONS = 16;
  private static final int BATCH = 256;
  private static final int ROWS_OF_A_CLIENT = 100_000;
  private static final int BATCHES_IN_FLIGHT = 8;
  private static final int CLIENT_CONNECTIONS = 4;
  private static final int EXPLAINED = 3_000;
  private static final String BARE = "bare service";
  private static final String SCORER = "scorer";
  private static final String NO_LOG = "scorer without its log";

  private final Ghz ghz;
  private final BenchRows rows = BenchRows.generate(ROWS);
  private final PredictRequest request =
      PredictRequest.newBuilder().setEncounter(rows.encounters().get(0)).build();

  private ScorerBenchmark(Ghz ghz) {
    this.ghz = ghz;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    ScorerBenchmark benchmark = new ScorerBenchmark(new Ghz(arguments[0], folder));
    int trees = Integer.parseInt(arguments[4]);
    List<String> options = List.of(arguments).subList(5, arguments.length);
    print("%d full trees of depth 6; JVM of each server: %s", trees, String.join(" ", options));
    try (Servers servers = new Servers(folder, options, benchmark.rows, trees)) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      benchmark.run(servers, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }
  }

  private void run(Servers servers, int rounds, int requests) throws Exception {
    Map<String, Child> compared = new LinkedHashMap<>();
    compared.put(BARE, servers.bare());
    Child scorer = servers.scorer(true);
    compared.put(SCORER, scorer);
    compared.put(NO_LOG, servers.scorer(false));
    unary(compared, rounds, requests);
    many(scorer, rounds);
    explain(scorer);
    print("");
    print(
        "resident memory of the scorer after all that: %d MiB, at most %d MiB",
        scorer.resident("VmRSS"), scorer.resident("VmHWM"));
  }

  private void unary(Map<String, Child> compared, int rounds, int requests)
      throws IOException, InterruptedException {
    Rounds measured = new Rounds(ghz, compared);
    for (int i = 0; i < 2; i++) {
      measured.run(i, request, requests, STREAMS, CONNECTIONS);
    }
    measured.forget();
    for (int i = 0; i < rounds; i++) {
      measured.run(i, request, requests, STREAMS, CONNECTIONS);
    }
    print("");
    print(
        "Predict, one row, %d streams on %d connections, %d rounds of %,d requests in turn:",
        STREAMS, CONNECTIONS, rounds, requests);
    print("| | requests/s | of the bare service | p50 ms | p99 ms | CPU µs | allocated bytes |");
    print("|---|---|---|---|---|---|---|");
    for (String name : compared.keySet()) {
      print(
          "| %s | %,.0f | %.2f | %.2f | %.2f | %.0f | %,.0f |",
          name,
          measured.median(name, turn -> turn.run().perSecond()),
          measured.medianRatio(name, BARE),
          measured.median(name, turn -> turn.run().p50()),
          measured.median(name, turn -> turn.run().p99()),
          measured.median(name, Rounds.Turn::cpu),
          measured.median(name, Rounds.Turn::allocated));
    }
    print("errors: %d", measured.errors());
  }

  private void many(Child scorer, int rounds) throws InterruptedException {
    double[] single = new double[rounds];
    double[] batches = new double[rounds];
    double[] streams = new double[rounds];
    try (RowClient client = new RowClient(scorer.port(), CLIENT_CONNECTIONS, rows.encounters())) {
      // The first one is to warm up the client, too.
      for (int i = -1; i < rounds; i++) {
        int round = Math.max(i, 0);
        single[round] = client.unary(ROWS_OF_A_CLIENT / 2, STREAMS);
        batches[round] = client.batches(ROWS_OF_A_CLIENT / BATCH, BATCHES_IN_FLIGHT, BATCH);
        streams[round] = client.streams(ROWS_OF_A_CLIENT / CLIENT_CONNECTIONS);
      }
    }
    double one = Rounds.median(single);
    Map<String, Double> table = new LinkedHashMap<>();
    table.put("Predict, " + STREAMS + " in flight", one);
    table.put(
        "PredictBatch of " + BATCH + ", " + BATCHES_IN_FLIGHT + " in flight",
        Rounds.median(batches));
    table.put("PredictStream, " + CLIENT_CONNECTIONS + " streams", Rounds.median(streams));
    print("");
    print("Different rows from one client (Java) over %d connections:", CLIENT_CONNECTIONS);
    print("| | rows/s | of Predict |");
    print("|---|---|---|");
    for (Entry<String, Double> line : table.entrySet()) {
      print("| %s | %,.0f | %.1f |", line.getKey(), line.getValue(), line.getValue() / one);
    }
  }

  private void explain(Child scorer) throws IOException, InterruptedException {
    ghz.run("Explain", request, scorer.port(), EXPLAINED, 1, 1);
    Ghz.Run explained = ghz.run("Explain", request, scorer.port(), EXPLAINED, 1, 1);
    Ghz.Run predicted = ghz.run("Predict", request, scorer.port(), EXPLAINED, 1, 1);
    print("");
    print(
        "One call at a time: Explain, all columns of all classes, p50 %.2f ms, p99 %.2f ms;"
            + " Predict p50 %.2f ms, p99 %.2f ms",
        explained.p50(), explained.p99(), predicted.p50(), predicted.p99());
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
