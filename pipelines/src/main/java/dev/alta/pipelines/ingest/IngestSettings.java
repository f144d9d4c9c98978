package dev.alta.pipelines.ingest;

import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.flink.FlinkSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is ingested, and how.
 *
 * @param store has the buckets of {@code s3://} files; empty where none is known
 * @param data path of a CSV file or {@code s3://bucket/key}, plain or compressed by gzip, or a
 *     pattern of several; or the URL of an incremental source, {@code
 *     http://host:port/data?group_number=1}
 * @param source what its batches are numbered within; empty for the file's name without .gz, or the
 *     URL; of several files each is numbered within this and its own name
 * @param batchRows rows of a batch of a file; with an incremental source each day is a batch
 * @param maxRejects share of the new rows that may be rejected, 0 to 1
 * @param who does it, for the ledger
 * @param workflow that asked for it; empty where a person did
 */
public record IngestSettings(
    DatabaseSettings database,
    Optional<StoreSettings> store,
    FlinkSettings flink,
    String data,
    String source,
    int batchRows,
    double maxRejects,
    String who,
    OptionalLong workflow) {
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
    return of(database, file.toString());
  }

  /** The same, of a file or an incremental source. */
  public static IngestSettings of(DatabaseSettings database, String data) {
    return new IngestSettings(
        database,
        Optional.empty(),
        FlinkSettings.local(),
        data,
        "",
        BATCH_ROWS,
        MAX_REJECTS,
        System.getProperty("user.name", "unknown"),
        OptionalLong.empty());
  }

  public IngestSettings withStore(Optional<StoreSettings> newStore) {
    return new IngestSettings(
        database, newStore, flink, data, source, batchRows, maxRejects, who, workflow);
  }

  public IngestSettings withFlink(FlinkSettings newFlink) {
    return new IngestSettings(
        database, store, newFlink, data, source, batchRows, maxRejects, who, workflow);
  }

  public IngestSettings withSource(String newSource) {
    return new IngestSettings(
        database, store, flink, data, newSource, batchRows, maxRejects, who, workflow);
  }

  public IngestSettings withBatchRows(int rows) {
    return new IngestSettings(
        database, store, flink, data, source, rows, maxRejects, who, workflow);
  }

  public IngestSettings withMaxRejects(double share) {
    return new IngestSettings(
        database, store, flink, data, source, batchRows, share, who, workflow);
  }

  /** The same, for a workflow. */
  public IngestSettings ofWorkflow(long number) {
    return withWorkflow(OptionalLong.of(number));
  }

  public IngestSettings withWorkflow(OptionalLong number) {
    return new IngestSettings(
        database, store, flink, data, source, batchRows, maxRejects, who, number);
  }
}
