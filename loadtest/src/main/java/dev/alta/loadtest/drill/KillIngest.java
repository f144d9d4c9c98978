package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kills {@code alta ingest}, the embedded database's keeper with it, at random moments and starts
 * it again, in the end two at once. What is stored then must be what the file holds and what an
 * undisturbed run stores.
 */
final class KillIngest implements Drill {
  private static final int ROWS = 30_000;
  private static final int BATCH_ROWS = 150;
  private static final int SPOILT_EVERY = 401;
  private static final int LONGEST_START_MILLIS = 5_000;
  private static final int LONGEST_BATCH_MILLIS = 30;

  @Override
  public void run(Drilled drilled) throws Exception {
    try (AltaHome calm = AltaHome.embedded(drilled.folder().resolve("calm"));
        AltaHome killed = AltaHome.embedded(drilled.folder().resolve("killed"))) {
      Path file = Encounters.generate(calm, ROWS, drilled.random().nextLong());
      List<String> keys = Encounters.spoil(file, SPOILT_EVERY);
      String unused = calm.run(ingest(file));
      kill(killed, file, drilled);
      try (AltaProcess one = killed.start(ingest(file));
          AltaProcess other = killed.start(ingest(file))) {
        drilled.invariant(
            "resumed runs that failed", (one.waitFor() | other.waitFor()) == 0 ? 0 : 1);
      }
      compare(keys, content(calm), content(killed), drilled);
    }
  }

  private static String[] ingest(Path file) {
    String rows = Integer.toString(BATCH_ROWS);
    return new String[] {"ingest", "--data", file.toString(), "--batch-rows", rows};
  }

  private static void kill(AltaHome home, Path file, Drilled drilled) throws Exception {
    long stored = 0;
    for (int kill = 1; kill <= drilled.times(); kill++) {
      long left = ROWS / BATCH_ROWS - stored;
      int share = (int) (left / (drilled.times() + 1 - kill));
      long until = stored + drilled.random().nextInt(1 + 2 * share);
      long before = stored;
      stored = killAfter(home, file, stored, Math.min(until, ROWS / BATCH_ROWS), drilled);
      drilled.count("kills", 1);
      drilled.count(stored > before ? "of them while it stored" : "of them before it stored", 1);
      drilled.say("kill %d: %d batches were stored, now %d", kill, before, stored);
    }
  }

  /** Kills it a while after so many batches are stored, or at any moment if that many are. */
  private static long killAfter(
      AltaHome home, Path file, long stored, long batches, Drilled drilled) throws Exception {
    try (AltaProcess ingest = home.start(ingest(file))) {
      if (batches == stored) {
        ingest.waitAtMost(drilled.random().nextInt(LONGEST_START_MILLIS));
      } else {
        awaitBatches(home, ingest, batches);
        ingest.waitAtMost(drilled.random().nextInt(LONGEST_BATCH_MILLIS));
      }
      ingest.kill();
    }
    return Math.max(stored, batches(home).orElse(0L));
  }

  private static void awaitBatches(AltaHome home, AltaProcess ingest, long batches)
      throws Exception {
    while (ingest.isAlive()) {
      Optional<DatabaseSettings> database = home.running(ingest);
      if (database.isPresent()) {
        try (Sql sql = new Sql(database.get())) {
          while (ingest.isAlive() && batches(sql) < batches) {
            ingest.waitAtMost(2);
          }
          return;
        } catch (SQLException failed) {
          if (!Sql.isGone(failed)) {
            throw failed;
          }
        }
      }
      ingest.waitAtMost(2);
    }
  }

  private static long batches(Sql sql) throws SQLException {
    return sql.number("SELECT count(*) FROM ingest_batch");
  }

  /** What a killed run has left behind; its database goes on without it. */
  private static Optional<Long> batches(AltaHome home) throws Exception {
    Optional<DatabaseSettings> database = home.leftBehind();
    if (database.isEmpty()) {
      return Optional.empty();
    }
    try (Sql sql = new Sql(database.get())) {
      return Optional.of(batches(sql));
    } catch (SQLException failed) {
      if (Sql.isGone(failed)) {
        return Optional.empty(); // killed while it began or ended
      }
      throw failed;
    }
  }

  /** All that is stored, without what may differ: numbers of batches and times. */
  private record Content(List<String> keys, List<String> rows, List<String> ledger) {}

  private static Content content(AltaHome home) throws IOException, SQLException {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.in(home.postgres()));
        Sql sql = new Sql(new DatabaseSettings(server.url(), server.user(), server.password()))) {
      List<String> ledger = new ArrayList<>();
      ledger.addAll(
          sql.texts(
              "SELECT (source, batch_number, content_sha256, rows_read, accepted, rejected,"
                  + " duplicates) FROM ingest_batch ORDER BY source, batch_number"));
      ledger.addAll(
          sql.texts(
              "SELECT (batch_number, line, reasons, raw_text) FROM rejected_rows"
                  + " JOIN ingest_batch USING (batch_id) ORDER BY batch_number, line"));
      ledger.addAll(sql.texts("SELECT (source, batch_number) FROM source_watermark"));
      return new Content(
          sql.texts("SELECT encounter_id FROM raw_data"),
          sql.texts(
              "SELECT to_jsonb(r) - 'batch_id' || to_jsonb(b.batch_number) FROM raw_data r"
                  + " JOIN ingest_batch b USING (batch_id) ORDER BY encounter_id"),
          ledger);
    }
  }

  private static void compare(List<String> keys, Content calm, Content killed, Drilled drilled) {
    Set<String> stored = new HashSet<>(killed.keys());
    drilled.invariant("rows lost", keys.stream().filter(key -> !stored.contains(key)).count());
    drilled.invariant("rows doubled", killed.keys().size() - stored.size());
    Set<String> expected = new HashSet<>(keys);
    drilled.invariant(
        "rows too many", stored.stream().filter(key -> !expected.contains(key)).count());
    drilled.invariant(
        "rows other than in an undisturbed run", differences(calm.rows(), killed.rows()));
    drilled.invariant(
        "batches, rejected rows, watermarks other than there",
        differences(calm.ledger(), killed.ledger()));
    drilled.count("rows stored", killed.keys().size());
    drilled.count("batches, rejected rows, watermarks", killed.ledger().size());
  }

  /** How many stand on one side only; each stands on a side once. */
  private static long differences(List<String> calm, List<String> killed) {
    Set<String> inCalm = new HashSet<>(calm);
    Set<String> inKilled = new HashSet<>(killed);
    return calm.stream().filter(one -> !inKilled.contains(one)).count()
        + killed.stream().filter(one -> !inCalm.contains(one)).count();
  }
}
