package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The wall clock of a whole Alta, its database and bucket, jumps an hour forward and back, then
 * back and forward, while it serves and retrains. Nothing is lost, held up or decided twice.
 */
final class ClockJumps implements Drill {
  private static final int ROWS = 3_000;
  private static final long HOUR = 3_600;
  private static final long BETWEEN_SECONDS = 8;
  private static final long LONGEST_STORING_SECONDS = 120;

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
              AltaHome.promote("1"))) {
        String unused = home.run(step);
      }
      try (AltaProcess scorer = home.start("serve", "--grpc-port", "0", "--metrics-port", "0");
          Asking asking = Asking.whenReady(scorer, "clock")) {
        asking.awaitAnswers(10);
        for (int round = 1; round <= drilled.times(); round++) {
          for (long jump : List.of(HOUR, -HOUR)) {
            retrain(drilled, home, clock.get(), jump);
          }
        }
        asking.stop();
        report(drilled, home.awaitRunning(scorer), asking);
      }
      drilled.invariant("fsck that found something", home.check(drilled, "fsck") == 0 ? 0 : 1);
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

  private static void report(Drilled drilled, DatabaseSettings database, Asking asking)
      throws Exception {
    asking.report(drilled);
    asking.reportLogged(drilled, database, LONGEST_STORING_SECONDS);
    try (Sql sql = new Sql(database)) {
      drilled.invariant(
          "workflows that are not done",
          sql.number("SELECT count(*) FROM workflow_run WHERE state <> 'DONE'"));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
