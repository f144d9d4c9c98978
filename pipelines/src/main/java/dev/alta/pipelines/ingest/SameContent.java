package dev.alta.pipelines.ingest;

import dev.alta.database.DatabaseException;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import dev.alta.pipelines.PipelineException;

/** A batch that was ingested before must have had the content that it has now. */
final class SameContent {
  private SameContent() {}

  /**
   * Compares the digests.
   *
   * @throws PipelineException if they differ, as trying again would not make them the same
   */
  static void require(IngestBatch batch, LedgerEntry entry) {
    try {
      RawData.checkSame(batch, entry);
    } catch (DatabaseException differs) {
      throw new PipelineException(String.valueOf(differs.getMessage()), differs);
    }
  }
}
