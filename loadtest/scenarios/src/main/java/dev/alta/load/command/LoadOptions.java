package dev.alta.load.command;

import dev.alta.load.scenario.Call;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Scenario;
import dev.alta.load.scenario.Schedule;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is asked, how often, for how long. */
final class LoadOptions {
  @Option(
      names = "--call",
      defaultValue = "predict",
      description = "predict, batch, stream (64 encounters in each) or json (${DEFAULT-VALUE}).")
  private Call call = Call.PREDICT;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests a second; of a ramp or stress the highest. Without it: by call.")
  private Optional<Integer> rate = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long (constant and ramp: 20, stress: 60, soak: 600).")
  private Optional<Integer> seconds = Optional.empty();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Of a stress (${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "A closed loop: so many callers, each of which waits for its answer before it asks again.",
        "Without it the loop is open: requests go out when they are due."
      })
  private int atOnce;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "Of gRPC (${DEFAULT-VALUE}); JSON takes as many as it needs.")
  private int connections;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "After which a request counts as failed (${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--most-requests",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "No run sends more (${DEFAULT-VALUE}).")
  private int mostRequests;

  @Option(
      names = "--most-seconds",
      paramLabel = "N",
      defaultValue = "3600",
      description = "No run is longer (${DEFAULT-VALUE}).")
  private int mostSeconds;

  Call call() {
    return call;
  }

  /**
   * The load.
   *
   * @throws IllegalArgumentException naming the flag, its value and what was expected
   */
  Load load(Scenario scenario) {
    int perSecond = rate.orElse(call.rate(scenario));
    int time = seconds.orElse(scenario.seconds());
    atLeast("--rate", perSecond, 1);
    atLeast("--steps", steps, 2);
    atLeast("--at-once", atOnce, 0);
    atLeast("--connections", connections, 1);
    atLeast("--patience", patience, 1);
    atLeast("--seconds", time, 1);
    atMost("--seconds", time, mostSeconds, "--most-seconds");
    if (atOnce > 0 && scenario != Scenario.CONSTANT && scenario != Scenario.SOAK) {
      throw new IllegalArgumentException(
          "--at-once: "
              + atOnce
              + " with "
              + scenario.word()
              + " (expected: constant or soak; a growing rate needs an open loop)");
    }
    Schedule schedule =
        atOnce > 0
            ? new Schedule((double) mostRequests / time, 1, time)
            : scenario.schedule(perSecond, time, steps);
    if (atOnce == 0) {
      atMost("--rate", schedule.requests(), mostRequests, "requests in all, see --most-requests");
    }
    return new Load(scenario, call, schedule, atOnce, connections, Duration.ofSeconds(patience));
  }

  private static void atLeast(String flag, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(flag + ": " + value + " (expected: >= " + least + ")");
    }
  }

  private static void atMost(String flag, int value, int most, String limit) {
    if (value > most) {
      throw new IllegalArgumentException(
          flag + ": " + value + " (expected: at most " + most + " " + limit + ")");
    }
  }
}
