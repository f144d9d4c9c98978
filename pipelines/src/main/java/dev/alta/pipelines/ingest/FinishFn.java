package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.LedgerEntry;
import dev.alta.pipelines.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * The last step: makes sure that the ledger has all batches, and that not too many rows turned out
 * to contradict stored ones, which only storing them shows.
 */
final class FinishFn extends DoFn<Long, Void> {
  private final DatabaseSettings database;
  private final String data;
  private final double maxRejects;
  private final Contract contract;
  private final ArrayList<NewBatches> batches;

  FinishFn(IngestSettings settings, Contract contract, List<NewBatches> batches) {
    this.database = settings.database();
    this.data = settings.data();
    this.maxRejects = settings.maxRejects();
    this.contract = contract;
    this.batches = new ArrayList<>(batches);
  }

  @ProcessElement
  public void finish(@Element Long rowsThrough) {
    long rows = 0;
    long rejected = 0;
    try (Database attached = Database.attach(database, contract)) {
      for (NewBatches ofSource : batches) {
        for (LedgerEntry entry : ofSource.stored(attached.rawData())) {
          rows += entry.batch().rows();
          rejected += entry.rejected();
        }
      }
    }
    if (rows != rowsThrough) {
      throw new PipelineException(
          data + ": " + rows + " new rows in the ledger (expected: " + rowsThrough + ")");
    }
    if (rejected > maxRejects * rows) {
      throw new PipelineException(
          String.format(
              Locale.ROOT,
              "%s: %d of %d new rows were rejected (expected: at most %s), most of them since they"
                  + " contradict rows that are stored under the same key; the other rows are stored,"
                  + " rejected_rows has these",
              data,
              rejected,
              rows,
              RejectCount.percent(maxRejects)));
    }
  }
}
