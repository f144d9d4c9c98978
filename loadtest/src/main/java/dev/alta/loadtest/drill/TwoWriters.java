package dev.alta.loadtest.drill;

import dev.alta.core.contract.Column;
import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.loadtest.storage.Storage;
import dev.alta.model.registry.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts two of each command at once, on one database, bucket, spool or home. One may win or both
 * may go on; what is left must be what one of them would have left, and a loser must say by name
 * who or what was in its way.
 */
final class TwoWriters implements Drill {
  private static final int ROWS = 3_000;
  private static final int BATCH_ROWS = 100;
  private static final int SPOILT_EVERY = 401;
  // Nothing divided by the length of no text, after a while.
  private static final String FAILS_LATER =
      "SELECT "
          + BenchRows.CONTRACT.columns().stream()
              .map(Column::name)
              .collect(Collectors.joining(", "))
          + " FROM raw_data WHERE 1 / length(pg_sleep(8)::text) = 1";
  private static final String READY = "Alta is ready";

  @Override
  public void run(Drilled drilled) throws Exception {
    try (Storage storage = Storage.start(drilled.folder(), "alta")) {
      for (int round = 1; round <= drilled.times(); round++) {
        Path folder = drilled.folder().resolve("round-" + round);
        DatabaseSettings database = storage.another("round_" + round);
        StoreSettings shared = storage.bucket();
        try (AltaHome home = AltaHome.on(storage, folder)) {
          home.with("ALTA_DATABASE_URL", database.url())
              .with("ALTA_STORE_BUCKET", "round-" + round);
          Path file = Encounters.generate(home, ROWS, drilled.random().nextLong());
          data(drilled, home, file, database);
          models(drilled, home);
          spool(drilled, home);
        }
        home(drilled, folder.resolve("home"));
        drilled.count("rounds", 1);
        drilled.say("round %d of %s is done", round, shared.url());
      }
    }
  }

  private static void data(Drilled drilled, AltaHome home, Path file, DatabaseSettings database)
      throws Exception {
    List<String> keys = Encounters.spoil(file, SPOILT_EVERY);
    String batch = Integer.toString(BATCH_ROWS);
    String[] ingest = {"ingest", "--data", file.toString(), "--batch-rows", batch};
    Pair.of(home, ingest, ingest).report(drilled, "ingest", "");
    String[] prepare = {"prepare"};
    Pair.of(home, prepare, prepare)
        .report(
            drilled,
            "prepare",
            "run \\d+ was overtaken by a newer one|another process is preparing it");
    try (Sql sql = new Sql(database)) {
      List<String> stored = sql.texts("SELECT encounter_id FROM raw_data");
      drilled.invariant("rows lost", keys.stream().filter(key -> !stored.contains(key)).count());
      drilled.invariant("rows doubled", stored.size() - stored.stream().distinct().count());
      drilled.invariant(
          "batches doubled or lost",
          Math.abs(ROWS / BATCH_ROWS - sql.number("SELECT count(*) FROM ingest_batch")));
      long clean = sql.number("SELECT count(*) FROM clean_data");
      long said =
          sql.number("SELECT kept FROM clean_data_generation ORDER BY generation DESC LIMIT 1");
      drilled.invariant("rows of clean_data beyond its newest generation", Math.abs(clean - said));
      drilled.invariant(
          "generations in clean_data beside one",
          sql.number("SELECT count(DISTINCT generation) FROM clean_data") - 1);
    }
    sound(drilled, "split verify", home, "split", "verify");
  }

  private static void models(Drilled drilled, AltaHome home) throws Exception {
    String[] train = {"train", "--budget", "0"};
    Pair.of(home, train, train).report(drilled, "train", "was made in the meantime by");
    String[] first = {"models", "promote", "1", "--force", "--reason", "the first"};
    String[] second = {"models", "promote", "2", "--force", "--reason", "the second"};
    Pair.of(home, first, second)
        .report(drilled, "promote", "was made in the meantime by|is champion");
    for (int version = 1; version <= 4; version++) {
      sound(drilled, "models verify", home, "models", "verify", Integer.toString(version));
    }
    sound(drilled, "fsck", home, "fsck");
  }

  private static void sound(Drilled drilled, String what, AltaHome home, String... command)
      throws Exception {
    drilled.invariant(what + " that found something", home.check(drilled, command) == 0 ? 0 : 1);
  }

  private static void spool(Drilled drilled, AltaHome home) throws Exception {
    String[] serve = {
      "serve",
      "--grpc-port",
      "0",
      "--metrics-port",
      "0",
      "--log-spool",
      home.folder().resolve("spool").toString()
    };
    Pair.winner(home, serve, serve, AltaProcess.SERVES)
        .report(drilled, "serve on one spool", "spool: .* is in use by another scorer");
  }

  /**
   * Both with a database and a bucket of the home; on ports of their own, which are not the point.
   */
  private static void home(Drilled drilled, Path folder) throws Exception {
    try (AltaHome home = AltaHome.embedded(folder)) {
      String[] up = {
        "up",
        "--data",
        Encounters.generate(home, ROWS, drilled.random().nextLong()).toString(),
        "--http-port",
        "0",
        "--grpc-port",
        "0",
        "--metrics-port",
        "0"
      };
      Pair.winner(home, up, up, READY)
          .report(drilled, "up on one home", "home: .* is in use by process \\d+ ");
      guest(drilled, home);
      sound(drilled, "fsck", home, "fsck");
    }
  }

  /** One command has the database of the home, and fails while the other one still works on it. */
  private static void guest(Drilled drilled, AltaHome home) throws Exception {
    Path file =
        Files.move(
            Encounters.generate(home, ROWS, drilled.random().nextLong()),
            home.folder().resolve("others.csv"));
    try (AltaProcess host = home.start("score", "--input", FAILS_LATER, "--output", "list.csv")) {
      while (home.running(host).isEmpty() && host.isAlive()) {
        host.waitAtMost(10);
      }
      try (AltaProcess guest =
          home.start(
              "ingest", "--data", file.toString(), "--batch-rows", "5", "--max-rejects", "1")) {
        boolean isDone = guest.waitFor() == 0;
        drilled.count("hosts that failed while a guest worked", host.isAlive() ? 0 : 1);
        if (!isDone) {
          drilled.say("guest of a host that failed: %s", guest.said());
        }
        drilled.invariant("guests that failed with their host", isDone ? 0 : 1);
      }
      drilled.invariant("hosts that did not fail", host.waitFor() == 0 ? 1 : 0);
    }
  }
}
