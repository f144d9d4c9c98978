package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The wall clock of a whole Alta, its database and bucket, jumps an hour forward and back, then
 * back and forward, while it serves and retrains. Nothing is lost, held up or decided twice.
 */
final class ClockJumps implements Drill {
  private static final int ROWS = 3_000;
  private static final long HOUR = 3_600;
  private static final long BETWEEN_SECONDS = 8;
  private static final String SERVES = "Scorer on port (\\d+), metrics on port (\\d+)";

  @Override
  public void run(Drilled drilled) throws Exception {
    Optional<FakeClock> clock = FakeClock.in(drilled.folder());
    if (clock.isEmpty()) {
      drilled.count("SKIPPED: no libfaketime (expected: apt-get install faketime)", 1);
      return;
    }
    try (AltaHome home = AltaHome.embedded(drilled.folder().resolve("home"))) {
      clock.get().rule(home);
      Path file = Encounters.generate(home, ROWS, drilled.random().nextLong());
      for (String[] step :
          List.of(
              new String[] {"ingest", "--data", file.toString()},
              new String[] {"prepare"},
              new String[] {"train", "--budget", "0", "--no-promotion"},
              new String[] {"models", "promote", "1", "--force", "--reason", "loadtest/drill"})) {
        String unused = home.run(step);
      }
      try (AltaProcess scorer = home.start("serve", "--grpc-port", "0", "--metrics-port", "0");
          Asking asking = new Asking(Integer.parseInt(scorer.await(SERVES).group(1)), "clock")) {
        asking.awaitAnswers(10);
        for (int round = 1; round <= drilled.times(); round++) {
          for (long jump : List.of(HOUR, -HOUR)) {
            retrain(drilled, home, clock.get(), jump);
          }
        }
        asking.stop();
        report(drilled, home.running(scorer).orElseThrow(), asking);
      }
      drilled.invariant("fsck that found something", isSound(drilled, home) ? 0 : 1);
    }
  }

  /** There and back again while it works. */
  private static void retrain(Drilled drilled, AltaHome home, FakeClock clock, long jump)
      throws Exception {
    long start = System.nanoTime();
    try (AltaProcess retrain = home.start("retrain", "--force")) {
      TimeUnit.SECONDS.sleep(BETWEEN_SECONDS);
      clock.jump(jump);
      drilled.count(jump > 0 ? "jumps forward" : "jumps back", 1);
      retrain.waitAtMost(TimeUnit.SECONDS.toMillis(BETWEEN_SECONDS));
      clock.jump(0);
      drilled.count(jump > 0 ? "jumps back" : "jumps forward", 1);
      boolean isDone = retrain.waitFor() == 0;
      drilled.say(
          "retrain, %+d s: %s after %.0f s",
          jump, isDone ? "done" : retrain.said(), seconds(start));
      drilled.invariant("retrains that failed", isDone ? 0 : 1);
    }
  }

  private static boolean isSound(Drilled drilled, AltaHome home) throws Exception {
    try (AltaProcess fsck = home.start("fsck")) {
      boolean isSound = fsck.waitFor() == 0;
      if (!isSound) {
        drilled.say("fsck: %s", fsck.said());
      }
      return isSound;
    }
  }

  private static void report(Drilled drilled, DatabaseSettings database, Asking asking)
      throws Exception {
    List<String> answered = asking.answered();
    Set<String> missing = new HashSet<>(answered);
    long start = System.nanoTime();
    try (Sql sql = new Sql(database)) {
      while (!missing.isEmpty() && seconds(start) < 120) {
        TimeUnit.MILLISECONDS.sleep(200);
        missing.removeAll(new HashSet<>(sql.texts("SELECT request_id FROM inference_log")));
      }
      drilled.invariant(
          "answered predictions doubled",
          sql.number("SELECT count(*) - count(DISTINCT request_id) FROM inference_log"));
      drilled.invariant(
          "workflows that are not done",
          sql.number("SELECT count(*) FROM workflow_run WHERE state <> 'DONE'"));
    }
    drilled.count("predictions answered", answered.size());
    drilled.count("slowest answer, ms", Math.round(asking.longestSeconds() * 1e3));
    drilled.invariant("answered predictions lost", missing.size());
    for (Map.Entry<String, Long> refused : asking.refused().entrySet()) {
      drilled.say("not answered: %s, %d times", refused.getKey(), refused.getValue());
    }
    drilled.invariant(
        "predictions not answered", asking.refused().values().stream().mapToLong(n -> n).sum());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
