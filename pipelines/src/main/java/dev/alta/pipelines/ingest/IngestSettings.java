package dev.alta.pipelines.ingest;

import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.flink.FlinkSettings;
import java.nio.file.Path;

/**
 * What is ingested, and how.
 *
 * @param file a CSV file, plain or compressed by gzip
 * @param source what its batches are numbered within; empty for the file's name without .gz
 * @param batchRows rows of a batch
 * @param maxRejects share of the new rows that may be rejected, 0 to 1
 * @param who does it, for the ledger
 */
public record IngestSettings(
    DatabaseSettings database,
    FlinkSettings flink,
    Path file,
    String source,
    int batchRows,
    double maxRejects,
    String who) {
  public static final int BATCH_ROWS = 15_000;
  public static final double MAX_REJECTS = 0.01;

  public IngestSettings {
    if (batchRows < 1) {
      throw new IllegalArgumentException("batchRows: " + batchRows + " (expected: > 0)");
    }
    if (!(maxRejects >= 0 && maxRejects <= 1)) {
      throw new IllegalArgumentException("maxRejects: " + maxRejects + " (expected: 0 to 1)");
    }
  }

  /** The usual settings: batches of 15,000 rows, at most 1% rejected, by this machine's user. */
  public static IngestSettings of(DatabaseSettings database, Path file) {
    return new IngestSettings(
        database,
        FlinkSettings.local(),
        file,
        "",
        BATCH_ROWS,
        MAX_REJECTS,
        System.getProperty("user.name", "unknown"));
  }

  public IngestSettings withFlink(FlinkSettings newFlink) {
    return new IngestSettings(database, newFlink, file, source, batchRows, maxRejects, who);
  }

  public IngestSettings withSource(String newSource) {
    return new IngestSettings(database, flink, file, newSource, batchRows, maxRejects, who);
  }

  public IngestSettings withBatchRows(int rows) {
    return new IngestSettings(database, flink, file, source, rows, maxRejects, who);
  }

  public IngestSettings withMaxRejects(double share) {
    return new IngestSettings(database, flink, file, source, batchRows, share, who);
  }
}
