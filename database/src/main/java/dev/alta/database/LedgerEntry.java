package dev.alta.database;

import java.time.Instant;

/** A batch that is in raw_data; accepted + rejected + duplicates = rows of the batch. */
public record LedgerEntry(
    long batchId, IngestBatch batch, int accepted, int rejected, int duplicates, Instant at) {
  /** What it adds to its run. */
  public RunCounts counts() {
    return new RunCounts(batch.rows(), accepted, rejected, 1);
  }
}
