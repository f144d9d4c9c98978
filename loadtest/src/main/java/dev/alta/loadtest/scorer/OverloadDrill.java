package dev.alta.loadtest.scorer;

import com.google.common.util.concurrent.ListenableFuture;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceFutureStub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Asks a scorer for three times what it can answer, and compares with its best and with light load.
 * The scorer has one core for itself, this client another one, so that neither waits for the other.
 */
public final class OverloadDrill {
  private static final int CONNECTIONS = 8;
  private static final int[] AT_ONCE = {2, 4, 8, 16, 32, 64};
  private static final int ROUNDS = 3;
  private static final int BATCH = 256;
  private static final int MOST_AT_ONCE = 20_000;
  private static final double LIGHT = 0.1;
  private static final double MOST_REFUSED = 0.01;
  private static final double SURPLUS = 3;

  private final int seconds;

  private OverloadDrill(int seconds) {
    this.seconds = seconds;
  }

  /**
   * Arguments: an empty folder, seconds of each measurement, trees (a number of full random ones,
   * or {@code grown}), the scorer's core, methods of {@code Predict}, {@code Explain}, {@code
   * PredictBatch}.
   */
  public static void main(String[] arguments) throws Exception {
    OverloadDrill drill = new OverloadDrill(Integer.parseInt(arguments[1]));
    String trees = arguments[2];
    BenchRows rows = BenchRows.generate(BATCH);
    try (Servers servers = new Servers(Path.of(arguments[0]), List.of("-Xmx192m"), rows, trees)) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      Child scorer = servers.scorer(true);
      moveTo(arguments[3], scorer.pid());
      for (String method : List.of(arguments).subList(4, arguments.length)) {
        print("");
        print("%s, trees: %s", method, trees);
        try (Calls calls = new Calls(scorer.port(), CONNECTIONS, call(method, rows))) {
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

  private static Function<ReadmissionServiceFutureStub, ListenableFuture<?>> call(
      String method, BenchRows rows) {
    PredictRequest one = PredictRequest.newBuilder().setEncounter(rows.encounters().get(0)).build();
    PredictBatchRequest many =
        PredictBatchRequest.newBuilder().addAllEncounters(rows.encounters()).build();
    return switch (method) {
      case "Predict" -> scorer -> scorer.predict(one);
      case "Explain" -> scorer -> scorer.explain(one);
      case "PredictBatch" -> scorer -> scorer.predictBatch(many);
      default ->
          throw new IllegalArgumentException(
              method + " (expected: Predict, Explain or PredictBatch)");
    };
  }

  private void run(Calls calls) throws InterruptedException {
    calls.askAtOnce(AT_ONCE[1], 2 * seconds); // to warm up
    int best = AT_ONCE[0];
    double peak = 0;
    for (int atOnce : AT_ONCE) {
      Calls.Outcome outcome = calls.askAtOnce(atOnce, seconds);
      // Who is refused asks again at once here, which costs the scorer what it could answer with.
      boolean bears = outcome.shed() <= MOST_REFUSED * seconds * outcome.okPerSecond();
      if (bears && outcome.okPerSecond() > peak) {
        best = atOnce;
        peak = outcome.okPerSecond();
      }
    }
    print("| | asked/s | answered/s | p50 ms | p99 ms | refused/s | p50 ms | p99 ms | failed |");
    print("|---|---|---|---|---|---|---|---|---|");
    double[] goodput = new double[ROUNDS];
    double[] delay = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Calls.Outcome most = show(best + " at once", calls.askAtOnce(best, seconds));
      Calls.Outcome light =
          show("a tenth of that", calls.ask(LIGHT * most.okPerSecond(), MOST_AT_ONCE, seconds));
      Calls.Outcome surplus =
          show("three times that", calls.ask(SURPLUS * most.okPerSecond(), MOST_AT_ONCE, seconds));
      goodput[round] = surplus.okPerSecond() / most.okPerSecond();
      delay[round] = (double) surplus.p99Micros() / light.p99Micros();
    }
    print(
        "goodput at three times the capacity: %.2f of the peak; p99 of the answers: %.1f times that"
            + " of light load (medians of %d rounds)",
        Rounds.median(goodput), Rounds.median(delay), ROUNDS);
  }

  private Calls.Outcome show(String what, Calls.Outcome outcome) {
    print(
        "| %s | %,.0f | %,.0f | %.2f | %.2f | %,.0f | %.2f | %.2f | %d |",
        what,
        outcome.askedPerSecond(),
        outcome.okPerSecond(),
        outcome.p50Micros() / 1e3,
        outcome.p99Micros() / 1e3,
        (double) outcome.shed() / seconds,
        outcome.shedP50Micros() / 1e3,
        outcome.shedP99Micros() / 1e3,
        outcome.failed());
    return outcome;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
