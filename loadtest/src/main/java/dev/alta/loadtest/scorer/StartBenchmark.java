package dev.alta.loadtest.scorer;

import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Starts the scorer again and again, with its model in the bucket: how long until it is ready, and
 * how long its first requests take. Arguments: an empty folder, starts, trees (see {@link
 * BenchModel}), options of the JVM.
 */
public final class StartBenchmark {
  private static final int ROWS = 1_024;
  private static final int REQUESTS = 1_000;

  /** One start; times in milliseconds. */
  private record Start(double ready, double first, double explained, double median, double cpu) {}

  private final Servers servers;
  private final PredictRequest request;

  private StartBenchmark(Servers servers, PredictRequest request) {
    this.servers = servers;
    this.request = request;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int starts = Integer.parseInt(arguments[1]);
    List<String> options = List.of(arguments).subList(3, arguments.length);
    BenchRows rows = BenchRows.generate(ROWS);
    PredictRequest request =
        PredictRequest.newBuilder().setEncounter(rows.encounters().get(0)).build();
    try (Servers servers = new Servers(folder, options, rows, arguments[2])) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      new StartBenchmark(servers, request).run(starts, folder.resolve("classes.jsa"));
    }
  }

  private void run(int starts, Path archive) throws Exception {
    // The first one warms up the client, and the disk's cache.
    Start unused = start(List.of("-XX:ArchiveClassesAtExit=" + archive));
    List<String> shared = List.of("-XX:SharedArchiveFile=" + archive);
    List<Start> without = new ArrayList<>();
    List<Start> with = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      without.add(start(List.of()));
      with.add(start(shared));
    }
    print("| | ready ms | first Predict ms | first Explain ms | median Predict ms | CPU s |");
    print("|---|---|---|---|---|---|");
    line("as it is", without);
    line("with an archive of its classes", with);
  }

  private Start start(List<String> options) throws Exception {
    long begin = System.nanoTime();
    Child scorer = servers.scorerWith(options);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
    try {
      // The same connection as that of the requests, as a proxy's would be.
      Servers.awaitServing(channel);
      double ready = millisSince(begin);
      double cpu = scorer.cpuSeconds();
      ReadmissionServiceBlockingStub client = ReadmissionServiceGrpc.newBlockingStub(channel);
      double first = millis(() -> client.predict(request));
      double explained = millis(() -> client.explain(request));
      double[] later = new double[REQUESTS];
      for (int i = 0; i < REQUESTS; i++) {
        later[i] = millis(() -> client.predict(request));
      }
      return new Start(ready, first, explained, Rounds.median(later), cpu);
    } finally {
      channel.shutdownNow();
      scorer.close();
    }
  }

  @FunctionalInterface
  private interface Call {
    PredictResponse make();
  }

  private static double millis(Call call) {
    long begin = System.nanoTime();
    if (call.make().getPrediction().isEmpty()) {
      throw new IllegalStateException("no prediction (expected: one)");
    }
    return millisSince(begin);
  }

  private static double millisSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void line(String name, List<Start> starts) {
    print(
        "| %s | %.0f (%.0f) | %.2f | %.2f | %.2f | %.2f |",
        name,
        median(starts, Start::ready),
        starts.stream().mapToDouble(Start::ready).min().orElse(0),
        median(starts, Start::first),
        median(starts, Start::explained),
        median(starts, Start::median),
        median(starts, Start::cpu));
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
    return Rounds.median(starts.stream().mapToDouble(figure).toArray());
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
