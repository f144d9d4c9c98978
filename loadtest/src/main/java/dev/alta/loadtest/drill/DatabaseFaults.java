package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.scorer.BenchModel;
import dev.alta.loadtest.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets faults befall the database, one after the other, while a scorer answers and logs and while
 * an ingest runs. Answers go on, and each is in the log once afterwards. The ingest goes on or says
 * in a line what is wrong; run again, it has stored each row once.
 */
final class DatabaseFaults implements Drill {
  private static final int DISK_MEBIBYTES = 400;
  private static final int ROWS = 6_000;
  private static final int BATCH_ROWS = 50;
  private static final int SPOILT_EVERY = 401;
  private static final int MOST_RUNS = 5;
  private static final long LONGEST_SECONDS = 20;
  private static final long LONGEST_STORING_SECONDS = 300;
  // For the scorer, where the ingest ends at once.
  private static final long SHORTEST_SECONDS = 5;

  @Override
  public void run(Drilled drilled) throws Exception {
    try (SmallDisk disk = SmallDisk.on(drilled.folder().resolve("postgres"), DISK_MEBIBYTES);
        Storage storage = Storage.start(drilled.folder(), "alta");
        FaultyDatabase database = new FaultyDatabase(storage, disk.folder());
        AltaHome home = AltaHome.on(storage, drilled.folder().resolve("home"))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> unmount(storage, disk)));
      BenchModel.publish(storage.bucket(), "60");
      Path file = Encounters.generate(home, ROWS, drilled.random().nextLong());
      List<String> keys = Encounters.spoil(file, SPOILT_EVERY);
      try (AltaProcess scorer = home.start("serve", "--grpc-port", "0", "--metrics-port", "0");
          Asking asking = Asking.whenReady(scorer, "db")) {
        asking.awaitAnswers(10);
        for (int round = 1; round <= drilled.times(); round++) {
          for (DatabaseFault fault : DatabaseFault.values()) {
            if (fault == DatabaseFault.DISK_FULL && !disk.isMounted()) {
              drilled.count("SKIPPED, disk full: to mount a small disk, run it as root", 1);
              continue;
            }
            String name = fault.name().toLowerCase(Locale.ROOT) + "_" + round;
            new Round(drilled, storage, database, home, file, keys).run(fault, name);
            asking.awaitAnswers(10);
            awaitLogged(drilled, storage, asking, fault.name());
          }
        }
        asking.stop();
        asking.report(drilled);
        asking.reportLogged(drilled, storage.database(), LONGEST_STORING_SECONDS);
      }
    }
  }

  /** Also where this process is told to stop. */
  private static void unmount(Storage storage, SmallDisk disk) {
    storage.close();
    try {
      disk.close();
    } catch (IOException busy) {
      throw new UncheckedIOException(busy);
    }
  }

  /** One fault, with an ingest into a database of its own on the same server. */
  private record Round(
      Drilled drilled,
      Storage storage,
      FaultyDatabase faulty,
      AltaHome home,
      Path file,
      List<String> keys) {
    void run(DatabaseFault fault, String name) throws Exception {
      DatabaseSettings own = storage.another(name);
      String what = name.replaceAll("_\\d+$", "").replace('_', ' ');
      try (AltaProcess ingest = start(own)) {
        awaitBatches(own, ingest, 1 + drilled.random().nextInt(ROWS / BATCH_ROWS / 2));
        faulty.befall(fault);
        drilled.say("%s: %s", name, "it has befallen");
        TimeUnit.SECONDS.sleep(SHORTEST_SECONDS);
        ingest.waitAtMost(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS - SHORTEST_SECONDS));
        faulty.mend(fault);
        drilled.count(what, 1);
        finish(own, ingest, what);
      }
      Encounters.compareStored(drilled, own, keys, ROWS / BATCH_ROWS);
    }

    private AltaProcess start(DatabaseSettings own) throws IOException {
      return home.start(
          "ingest",
          "--database-url",
          own.url(),
          "--data",
          file.toString(),
          "--batch-rows",
          Integer.toString(BATCH_ROWS));
    }

    private static void awaitBatches(DatabaseSettings own, AltaProcess ingest, long batches)
        throws Exception {
      try (Sql sql = new Sql(own)) {
        while (ingest.isAlive() && sql.number("SELECT count(*) FROM ingest_batch") < batches) {
          ingest.waitAtMost(2);
        }
      }
    }

    /** Runs it again until it has come to its end. */
    private void finish(DatabaseSettings own, AltaProcess first, String what) throws Exception {
      int code = first.waitFor();
      drilled.count("ingest, " + what + (code == 0 ? ": went on" : ": failed in one line"), 1);
      if (code != 0) {
        String said = first.said().strip();
        String last = said.substring(said.lastIndexOf('\n') + 1);
        drilled.say("ingest said: %s", last);
        boolean isClear = last.startsWith("alta: ") && !last.contains("Exception");
        drilled.invariant("failed ingests that did not say why in one line", isClear ? 0 : 1);
      }
      for (int run = 1; code != 0 && run <= MOST_RUNS; run++) {
        try (AltaProcess again = start(own)) {
          code = again.waitFor();
          drilled.count("ingests run again", 1);
        }
      }
      drilled.invariant("ingests that did not end well when run again", code == 0 ? 0 : 1);
    }
  }

  /** Until all that was answered is in the table: a busy machine takes its time. */
  private static void awaitLogged(Drilled drilled, Storage storage, Asking asking, String fault)
      throws Exception {
    long start = System.nanoTime();
    Set<String> missing = asking.notLogged(storage.database(), LONGEST_STORING_SECONDS);
    drilled.say(
        "%s: %d not logged %.1f s after it was mended; asked for %d",
        fault, missing.size(), (System.nanoTime() - start) / 1e9, asking.answered().size());
  }
}
