package dev.alta.loadtest.scorer;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.ToDoubleFunction;

/**
 * Measures JSON to the gateway beside gRPC to the scorer in the same process, and prints tables.
 * Arguments: h2load, an empty folder, rounds, requests of a round, trees (see {@link BenchModel}),
 * options of the server's JVM.
 */
public final class GatewayBenchmark {
  private static final int ROWS = 1_024;
  private static final int CONNECTIONS = 16;
  private static final int AT_ONCE = 64;
  private static final String GRPC = "gRPC Predict";
  private static final String JSON = "JSON /predict, HTTP/1.1";
  private static final String JSON_2 = "JSON /predict, HTTP/2";
  private static final String LOOPBACK = "JSON, HTTP/1.1, scorer asked over loopback";

  /** What one way did in one round; CPU in microseconds and memory in bytes a request. */
  private record Turn(
      double perSecond, H2load.Run run, double cpu, double allocated, long refused) {}

  private final H2load client;
  private final Map<String, H2load.Way> ways = new LinkedHashMap<>();
  private final Map<String, List<Turn>> turns = new LinkedHashMap<>();
  private final Child server;

  private GatewayBenchmark(H2load client, Child server) {
    this.client = client;
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    BenchRows rows = BenchRows.generate(ROWS);
    List<String> options = List.of(arguments).subList(5, arguments.length);
    print("Trees of depth 6: %s; JVM of the server: %s", arguments[4], String.join(" ", options));
    try (Servers servers = new Servers(folder, options, rows, arguments[4])) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      int grpc = freePort();
      int second = freePort();
      Child server = servers.gateway(grpc, second);
      GatewayBenchmark benchmark = new GatewayBenchmark(new H2load(arguments[0], folder), server);
      benchmark.ways(folder, rows, grpc, second);
      benchmark.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void ways(Path folder, BenchRows rows, int grpc, int second) throws IOException {
    byte[] message =
        PredictRequest.newBuilder().setEncounter(rows.encounters().get(0)).build().toByteArray();
    Path framed = folder.resolve("request.grpc");
    Files.write(
        framed,
        ByteBuffer.allocate(5 + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array());
    Path json = Files.writeString(folder.resolve("request.json"), json(rows.encounters().get(0)));
    List<String> connections = List.of("-c", Integer.toString(CONNECTIONS));
    List<String> shared = new ArrayList<>(connections);
    shared.addAll(List.of("-m", Integer.toString(AT_ONCE / CONNECTIONS)));
    List<String> call = new ArrayList<>(shared);
    call.addAll(List.of("-H", "content-type: application/grpc", "-H", "te: trailers"));
    List<String> two = new ArrayList<>(shared);
    two.addAll(List.of("-H", "content-type: application/json"));
    // One request at a time on each connection.
    List<String> one =
        List.of(
            "--h1",
            "-c",
            Integer.toString(AT_ONCE),
            "-m",
            "1",
            "-H",
            "content-type: application/json");
    String predict = "http://127.0.0.1:%d/predict";
    ways.put(
        GRPC,
        new H2load.Way(
            "http://127.0.0.1:" + grpc + "/alta.v1.ReadmissionService/Predict",
            call,
            framed,
            CONNECTIONS));
    ways.put(JSON, new H2load.Way(predict.formatted(server.port()), one, json, AT_ONCE));
    ways.put(JSON_2, new H2load.Way(predict.formatted(server.port()), two, json, CONNECTIONS));
    ways.put(LOOPBACK, new H2load.Way(predict.formatted(second), one, json, AT_ONCE));
    ways.keySet().forEach(name -> turns.put(name, new ArrayList<>()));
  }

  /** The encounter as its sender has it: every column that has a value. */
  private static String json(Encounter encounter) {
    Row row = accepted(Intake.check(BenchRows.CONTRACT, Door.SCORE, encounter));
    StringBuilder json = new StringBuilder("{");
    for (Column column : BenchRows.CONTRACT.columns()) {
      String text = row.asText(column);
      if (text != null && !column.identifies()) {
        String value = column.type() == Column.Type.TEXT ? "\"" + text + "\"" : text;
        json.append(json.length() == 1 ? "" : ",")
            .append("\"" + column.name() + "\":")
            .append(value);
      }
    }
    return json.append("}").toString();
  }

  private static Row accepted(Checked checked) {
    if (checked instanceof Checked.Accepted accepted) {
      return accepted.row();
    }
    throw new IllegalStateException("a generated row was accepted before and is refused now");
  }

  private void run(int rounds, int requests) throws Exception {
    // The first ones are to warm up.
    for (int i = -2; i < rounds; i++) {
      List<String> order = new ArrayList<>(ways.keySet());
      if (i % 2 != 0) {
        Collections.reverse(order);
      }
      for (String name : order) {
        Turn turn = turn(way(name), requests);
        if (i >= 0) {
          turns(name).add(turn);
        }
      }
    }
    print("");
    print(
        "One row, %d at once (gRPC and HTTP/2 on %d connections), h2load, %d rounds of %,d requests"
            + " in turn:",
        AT_ONCE, CONNECTIONS, rounds, requests);
    print(
        "| | requests/s | of gRPC | p50 ms | p99 ms | server's CPU µs | allocated bytes | refused |");
    print("|---|---|---|---|---|---|---|---|");
    for (String name : ways.keySet()) {
      print(
          "| %s | %,.0f | %.2f | %.2f | %.2f | %.0f | %,.0f | %,.0f |",
          name,
          median(name, Turn::perSecond),
          ratio(name),
          median(name, turn -> turn.run().p50()),
          median(name, turn -> turn.run().p99()),
          median(name, Turn::cpu),
          median(name, Turn::allocated),
          turns(name).stream().mapToDouble(Turn::refused).sum());
    }
    halfLoad(rounds, requests);
  }

  private void halfLoad(int rounds, int requests) throws Exception {
    Map<String, List<H2load.Run>> runs = new LinkedHashMap<>();
    for (int i = 0; i < rounds; i++) {
      for (Entry<String, H2load.Way> way : ways.entrySet()) {
        double half = median(way.getKey(), Turn::perSecond) / 2;
        int some = (int) Math.min(requests, half * 4);
        runs.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
            .add(client.atRate(way.getValue(), some, half));
      }
    }
    print("");
    print("At half of what each does:");
    print("| | requests/s | p50 ms | p99 ms | of gRPC's p99 |");
    print("|---|---|---|---|---|");
    double reference = median(runs, GRPC, H2load.Run::p99);
    for (String name : ways.keySet()) {
      print(
          "| %s | %,.0f | %.2f | %.2f | %.2f |",
          name,
          median(runs, name, H2load.Run::perSecond),
          median(runs, name, H2load.Run::p50),
          median(runs, name, H2load.Run::p99),
          median(runs, name, H2load.Run::p99) / reference);
    }
  }

  private Turn turn(H2load.Way way, int requests) throws Exception {
    long before = answered();
    double cpu = server.cpuSeconds();
    long allocated = server.allocated();
    H2load.Run run = client.flatOut(way, requests);
    double cpuAfter = server.cpuSeconds();
    long allocatedAfter = server.allocated();
    // What a gRPC call came to stands behind its answer, where h2load does not look.
    long answers = answered() - before;
    return new Turn(
        run.perSecond() * answers / (requests - run.errors()),
        run,
        (cpuAfter - cpu) * 1e6 / requests,
        (double) (allocatedAfter - allocated) / requests,
        requests - answers);
  }

  /** Predictions so far, as the server's metrics say. */
  private long answered() throws IOException, InterruptedException {
    URI metrics = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("predict_requests_total{"))
        .filter(line -> line.contains("method=\"Predict\"") && line.contains("status=\"OK\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private H2load.Way way(String name) {
    H2load.Way way = ways.get(name);
    if (way == null) {
      throw new IllegalArgumentException(name + " (expected: one of " + ways.keySet() + ")");
    }
    return way;
  }

  private List<Turn> turns(String name) {
    return turns.getOrDefault(name, List.of());
  }

  private double median(String name, ToDoubleFunction<Turn> figure) {
    return Rounds.median(turns(name).stream().mapToDouble(figure).toArray());
  }

  private double ratio(String name) {
    double[] ratios = new double[turns(name).size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = turns(name).get(i).perSecond() / turns(GRPC).get(i).perSecond();
    }
    return Rounds.median(ratios);
  }

  private static double median(
      Map<String, List<H2load.Run>> runs, String name, ToDoubleFunction<H2load.Run> figure) {
    return Rounds.median(runs.getOrDefault(name, List.of()).stream().mapToDouble(figure).toArray());
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
