package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.DatabaseSettings;
import dev.alta.testing.Visit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An ingest in a process of its own, for tests that kill it. */
final class IngestProcess {
  static final int BATCH_ROWS = 200;

  private IngestProcess() {}

  public static void main(String[] arguments) {
    run(
        new DatabaseSettings(arguments[0], arguments[1], System.getenv("TEST_DATABASE_PASSWORD")),
        Path.of(arguments[2]));
  }

  /** The same ingest in this process. */
  static void run(DatabaseSettings database, Path file) {
    IngestSettings settings =
        IngestSettings.of(database, file).withBatchRows(BATCH_ROWS).withMaxRejects(0.5);
    Ingest.run(settings, Contract.of(Visit.getDescriptor()), Progress.UNWATCHED);
  }

  /** Starts it. The flags make the start quick; nothing in it runs for long. */
  static Process start(DatabaseSettings database, Path file) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                IngestProcess.class.getName(),
                database.url(),
                database.user(),
                file.toString()));
    builder.environment().put("TEST_DATABASE_PASSWORD", database.password());
    return builder.inheritIO().start();
  }
}
