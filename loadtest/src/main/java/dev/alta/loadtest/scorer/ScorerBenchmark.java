package dev.alta.loadtest.scorer;

import dev.alta.proto.v1.PredictBatchRequest;
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
 * round, trees (see {@link BenchModel}), options of the servers' JVMs.
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
  // The class path of another build of this module, to be measured in the same rounds.
  private static final String BEFORE_JARS = "ALTA_BENCH_BEFORE";
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
    String trees = arguments[4];
    List<String> options = List.of(arguments).subList(5, arguments.length);
    print("Trees of depth 6: %s; JVM of each server: %s", trees, String.join(" ", options));
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
    String before = System.getenv(BEFORE_JARS);
    if (before != null) {
      compared.put("scorer of another build", servers.scorer(before));
    }
    manyByGhz(scorer, rounds, unary(compared, rounds, requests));
    many(compared, rounds);
    explain(scorer);
    print("");
    print(
        "resident memory of the scorer after all that: %d MiB, at most %d MiB",
        scorer.resident("VmRSS"), scorer.resident("VmHWM"));
  }

  /** Gives how many requests the scorer answers a second. */
  private double unary(Map<String, Child> compared, int rounds, int requests)
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
    print(
        "the log: %.2f of the throughput without it (median of each round's ratio), %.0f µs of CPU a"
            + " request (median of each round's difference)",
        measured.medianRatio(SCORER, NO_LOG),
        measured.medianDifference(SCORER, NO_LOG, Rounds.Turn::cpu));
    print("errors: %d", measured.errors());
    return measured.median(SCORER, turn -> turn.run().perSecond());
  }

  /** Many rows in a call, by the client of the table before, so that it costs all alike. */
  private void manyByGhz(Child scorer, int rounds, double unary)
      throws IOException, InterruptedException {
    PredictBatchRequest batch =
        PredictBatchRequest.newBuilder()
            .addAllEncounters(rows.encounters().subList(0, BATCH))
            .build();
    List<PredictRequest> rowsOfStream =
        rows.encounters().stream()
            .map(row -> PredictRequest.newBuilder().setEncounter(row).build())
            .toList();
    print("");
    print("The same client, many rows in a call, over %d connections:", CLIENT_CONNECTIONS);
    print("| | rows/s | of Predict's |");
    print("|---|---|---|");
    byGhz(
        "PredictBatch of " + BATCH + ", " + BATCHES_IN_FLIGHT + " in flight",
        rounds,
        unary,
        BATCH,
        calls ->
            ghz.run(
                "PredictBatch",
                batch,
                scorer.port(),
                calls,
                BATCHES_IN_FLIGHT,
                CLIENT_CONNECTIONS));
    byGhz(
        "PredictStream of " + ROWS + ", " + CLIENT_CONNECTIONS + " streams",
        rounds,
        unary,
        ROWS,
        calls ->
            ghz.stream(
                "PredictStream",
                rowsOfStream,
                scorer.port(),
                calls,
                CLIENT_CONNECTIONS,
                CLIENT_CONNECTIONS));
  }

  @FunctionalInterface
  private interface Calling {
    Ghz.Run run(int calls) throws IOException, InterruptedException;
  }

  private static void byGhz(String name, int rounds, double unary, int rowsOfCall, Calling calling)
      throws IOException, InterruptedException {
    double[] perSecond = new double[rounds];
    for (int i = -1; i < rounds; i++) {
      Ghz.Run run = calling.run(ROWS_OF_A_CLIENT / rowsOfCall);
      if (run.errors() > 0) {
        throw new IOException(name + ": " + run.errors() + " failed (expected: none)");
      }
      if (i >= 0) {
        perSecond[i] = rowsOfCall * run.perSecond();
      }
    }
    double median = Rounds.median(perSecond);
    print("| %s | %,.0f | %.1f |", name, median, median / unary);
  }

  /** Rows a second, and what the server itself takes for one: the client has the same cores. */
  private void many(Map<String, Child> compared, int rounds)
      throws IOException, InterruptedException {
    for (Entry<String, Child> one : compared.entrySet()) {
      if (!one.getKey().equals(BARE)) {
        many(one.getKey(), one.getValue(), rounds);
      }
    }
  }

  private void many(String name, Child scorer, int rounds)
      throws IOException, InterruptedException {
    Map<String, ManyRounds> ways = new LinkedHashMap<>();
    try (RowClient client = new RowClient(scorer.port(), CLIENT_CONNECTIONS, rows.encounters())) {
      ways.put(
          "Predict, " + STREAMS + " in flight",
          new ManyRounds(scorer, n -> client.unary(n / 2, STREAMS), 0.5));
      ways.put(
          "PredictBatch of " + BATCH + ", " + BATCHES_IN_FLIGHT + " in flight",
          new ManyRounds(scorer, n -> client.batches(n / BATCH, BATCHES_IN_FLIGHT, BATCH), 1));
      ways.put(
          "PredictStream, " + CLIENT_CONNECTIONS + " streams",
          new ManyRounds(scorer, n -> client.streams(n / CLIENT_CONNECTIONS), 1));
      // The first ones are to warm up the client, too.
      for (int i = -2; i < rounds; i++) {
        for (ManyRounds way : ways.values()) {
          way.run(ROWS_OF_A_CLIENT, i >= 0);
        }
      }
    }
    ManyRounds one = ways.values().iterator().next();
    print("");
    print(
        "%s: different rows from one client (Java) over %d connections:", name, CLIENT_CONNECTIONS);
    print("| | rows/s | of Predict | server's CPU µs a row | of Predict |");
    print("|---|---|---|---|---|");
    for (Entry<String, ManyRounds> line : ways.entrySet()) {
      ManyRounds way = line.getValue();
      print(
          "| %s | %,.0f | %.1f | %.1f | 1/%.1f |",
          line.getKey(),
          way.perSecond(),
          way.perSecond() / one.perSecond(),
          way.cpu(),
          one.cpu() / way.cpu());
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
