package dev.alta.pipelines.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.TestDatabase;
import dev.alta.pipelines.VisitFile;
import dev.alta.testing.Visit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills ingests (SIGKILL) at random moments and starts them again, in the end two at once. How many
 * times: {@code -Dalta.kills=20}, as CI does; 2 otherwise, since each costs the start of a JVM and
 * of Flink.
 */
final class KilledIngestIT {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final int KILLS = Integer.getInteger("alta.kills", 2);
  private static final int ROWS = 30_000;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final long seed = Long.getLong("alta.seed", System.nanoTime());
  private final Random random = new Random(seed);
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws Exception {
    List<String> rows = VisitFile.rows(ROWS);
    for (int i = 700; i < ROWS; i += 997) {
      rows.set(i, rows.get(i - 650)); // duplicates in other batches
      rows.set(i + 1, rows.get(i + 1).replaceAll(",[a-z/]*,[0-9.]+,", ",garage,1.5,"));
    }
    file = VisitFile.write(folder.resolve("visits.csv"), rows);
  }

  @Test
  void endsWithWhatAnUndisturbedRunStoresHoweverOftenItIsKilledAndWhereTwoRunAtOnce()
      throws Exception {
    DatabaseSettings undisturbed = TestDatabase.empty();
    IngestProcess.run(undisturbed, file);
    DatabaseSettings disturbed = TestDatabase.empty();
    Database.open(disturbed, CONTRACT).close();
    int batches = ROWS / IngestProcess.BATCH_ROWS;
    try (Connection watch = TestDatabase.connect(disturbed);
        PreparedStatement count = watch.prepareStatement("SELECT count(*) FROM ingest_batch")) {
      for (int kill = 1; kill <= KILLS; kill++) {
        int left = batches - stored(count);
        int more = random.nextInt(1 + left / (KILLS + 1 - kill));
        killAfter(stored(count) + more, disturbed, count);
      }
      System.out.printf("%d kills, seed %d, %d batches%n", KILLS, seed, stored(count));
    }
    Process one = IngestProcess.start(disturbed, file);
    Process other = IngestProcess.start(disturbed, file);
    await(one);
    await(other);

    assertThat(content(disturbed)).isEqualTo(content(undisturbed));
  }

  /** Kills a run a random while after it has stored so many batches, or at once if none. */
  private void killAfter(int batches, DatabaseSettings database, PreparedStatement count)
      throws Exception {
    Instant giveUp = Instant.now().plus(LONGEST);
    Process process = IngestProcess.start(database, file);
    try {
      if (batches == stored(count)) {
        process.waitFor(random.nextInt(3_000), TimeUnit.MILLISECONDS);
      }
      while (process.isAlive() && stored(count) < batches) {
        assertThat(Instant.now()).as("time to store %d batches", batches).isBefore(giveUp);
        process.waitFor(2, TimeUnit.MILLISECONDS);
      }
      process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void await(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static int stored(PreparedStatement count) throws SQLException {
    try (ResultSet result = count.executeQuery()) {
      result.next();
      return result.getInt(1);
    }
  }

  /** All that was stored, without what may differ: numbers of batches and times. */
  private static List<String> content(DatabaseSettings database) throws Exception {
    List<String> content =
        TestDatabase.query(
            database,
            "SELECT visit_id, person, ward, creatinine, falls, cause, came_back, batch_number"
                + " FROM raw_data JOIN ingest_batch USING (batch_id) ORDER BY 1");
    assertThat(content).hasSizeGreaterThan(ROWS - 100);
    for (String sql :
        List.of(
            "SELECT source, batch_number, content_sha256, rows_read, accepted, rejected,"
                + " duplicates FROM ingest_batch ORDER BY 1, 2",
            "SELECT batch_number, line, reason, raw_text FROM rejected_rows"
                + " JOIN ingest_batch USING (batch_id) ORDER BY 1, 2",
            "SELECT source, batch_number FROM source_watermark")) {
      List<String> found = TestDatabase.query(database, sql);
      assertThat(found).isNotEmpty();
      content.addAll(found);
    }
    return content;
  }
}
