package dev.alta.loadtest.scorer;

import com.google.protobuf.MessageLite;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Asks a scorer for three times what it can answer, and compares with its best and with light load.
 * The scorer has one core for itself, this client another one, so that neither waits for the other.
 */
public final class OverloadDrill {
  private static final int CONNECTIONS = 8;
  private static final int[] AT_ONCE = {2, 4, 8, 16, 32, 64};
  private static final int ROUNDS = 3;
  private static final int BATCH = 256;
  private static final int WARM_UP_CALLS = 150_000;
  private static final int LONGEST_WARM_UP_SECONDS = 30;
  private static final double LIGHT = 0.1;
  private static final double MOST_REFUSED = 0.01;
  private static final double SURPLUS = 3;

  private final Child scorer;
  private final int seconds;

  private OverloadDrill(Child scorer, int seconds) {
    this.scorer = scorer;
    this.seconds = seconds;
  }

  /**
   * Arguments: an empty folder, seconds of each measurement, trees (a number of full random ones,
   * or {@code grown}), the scorer's core, methods of {@code Predict}, {@code Explain}, {@code
   * PredictBatch}.
   */
  public static void main(String[] arguments) throws Exception {
    String trees = arguments[2];
    BenchRows rows = BenchRows.generate(BATCH);
    try (Servers servers = new Servers(Path.of(arguments[0]), List.of("-Xmx192m"), rows, trees)) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      Child scorer = servers.scorer(true);
      moveTo(arguments[3], scorer.pid());
      OverloadDrill drill = new OverloadDrill(scorer, Integer.parseInt(arguments[1]));
      for (String method : List.of(arguments).subList(4, arguments.length)) {
        print("");
        print("%s, trees: %s", method, trees);
        try (WireCalls calls = calls(scorer.port(), method, rows)) {
          drill.run(calls);
        }
      }
    }
  }

  /** It began on this process's one core, so that its JVM has made itself at home on one. */
  private static void moveTo(String core, long process) throws IOException, InterruptedException {
    List<String> command = List.of("taskset", "-acp", core, Long.toString(process));
    int ended =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (ended != 0) {
      throw new IOException(command + ": exit code " + ended + " (expected: 0)");
    }
  }

  private static WireCalls calls(int port, String method, BenchRows rows) throws IOException {
    PredictRequest one = PredictRequest.newBuilder().setEncounter(rows.encounters().get(0)).build();
    PredictBatchRequest many =
        PredictBatchRequest.newBuilder().addAllEncounters(rows.encounters()).build();
    MessageLite message =
        switch (method) {
          case "Predict", "Explain" -> one;
          case "PredictBatch" -> many;
          default ->
              throw new IllegalArgumentException(
                  method + " (expected: Predict, Explain or PredictBatch)");
        };
    String path = "/" + ReadmissionServiceGrpc.SERVICE_NAME + "/" + method;
    return new WireCalls(port, CONNECTIONS, path, message.toByteArray());
  }

  /** One measurement, and how many answers the scorer gave for a second of its CPU. */
  private record Phase(WireCalls.Outcome outcome, double okPerCpuSecond) {}

  @FunctionalInterface
  private interface Asking {
    WireCalls.Outcome go() throws IOException;
  }

  private void run(WireCalls calls) throws IOException {
    warmUp(calls);
    int best = AT_ONCE[0];
    double peak = 0;
    for (int atOnce : AT_ONCE) {
      WireCalls.Outcome outcome = calls.askAtOnce(atOnce, seconds);
      // Who is refused asks again at once here, which costs the scorer what it could answer with.
      boolean bears = outcome.shed() <= MOST_REFUSED * seconds * outcome.okPerSecond();
      if (bears && outcome.okPerSecond() > peak) {
        best = atOnce;
        peak = outcome.okPerSecond();
      }
    }
    print(
        "| | asked/s | answered/s | p50 ms | p99 ms | p99, first second | refused/s | p50 ms | p99"
            + " ms | failed | client busy | answers/s of the scorer's CPU |");
    print("|---|---|---|---|---|---|---|---|---|---|---|---|");
    double[] goodput = new double[ROUNDS];
    double[] ofCpu = new double[ROUNDS];
    double[] delay = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      int atOnce = best;
      Phase most = show(best + " at once", () -> calls.askAtOnce(atOnce, seconds));
      double rate = most.outcome().okPerSecond();
      Phase light = show("a tenth of that", () -> calls.ask(LIGHT * rate, seconds));
      Phase surplus = show("three times that", () -> calls.ask(SURPLUS * rate, seconds));
      goodput[round] = surplus.outcome().okPerSecond() / rate;
      ofCpu[round] = surplus.okPerCpuSecond() / most.okPerCpuSecond();
      delay[round] = (double) surplus.outcome().p99Micros() / light.outcome().p99Micros();
    }
    print(
        "goodput at three times the capacity: %.2f of the peak, %.2f for a second of CPU; p99 of the"
            + " answers: %.1f times that of light load (medians of %d rounds)",
        Rounds.median(goodput), Rounds.median(ofCpu), Rounds.median(delay), ROUNDS);
  }

  private static void warmUp(WireCalls calls) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WARM_UP_SECONDS);
    double answers = 0;
    while (answers < WARM_UP_CALLS && System.nanoTime() < end) {
      answers += calls.askAtOnce(AT_ONCE[2], 1).okPerSecond();
    }
  }

  private Phase show(String what, Asking asking) throws IOException {
    double cpu = scorer.cpuSeconds();
    WireCalls.Outcome outcome = asking.go();
    // Of the first second, too, which has as much to do.
    double took = (scorer.cpuSeconds() - cpu) * seconds / (1 + seconds);
    double okPerCpuSecond = outcome.okPerSecond() * seconds / took;
    print(
        "| %s | %,.0f | %,.0f | %.2f | %.2f | %.2f | %,.0f | %.2f | %.2f | %d | %.2f | %,.0f |",
        what,
        outcome.askedPerSecond(),
        outcome.okPerSecond(),
        outcome.p50Micros() / 1e3,
        outcome.p99Micros() / 1e3,
        outcome.firstP99Micros() / 1e3,
        (double) outcome.shed() / seconds,
        outcome.shedP50Micros() / 1e3,
        outcome.shedP99Micros() / 1e3,
        outcome.failed(),
        outcome.busy(),
        okPerCpuSecond);
    return new Phase(outcome, okPerCpuSecond);
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
