package dev.alta.pipelines.prepare;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.profile.BatchTally;
import dev.alta.database.BatchWrite;
import dev.alta.database.CleanBatch;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.RunCounts;
import dev.alta.pipelines.PipelineException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch again and writes its cleaned rows, each with the side of its patient and what is
 * known from earlier encounters. Reading twice is cheaper than sending every row through a shuffle.
 * May be tried any number of times.
 */
final class WriteBatchFn extends DatabaseFn<KV<Long, Iterable<SidePack>>, BatchTally> {
  private static final String COUNTERS = "alta";

  private final Counter rowsRead = Metrics.counter(COUNTERS, "rows_read");
  private final Counter rowsKept = Metrics.counter(COUNTERS, "rows_kept");
  private final Counter rowsExcluded = Metrics.counter(COUNTERS, "rows_excluded");
  private final Counter batches = Metrics.counter(COUNTERS, "batches");
  private final long run;
  private final long entry;

  /**
   * Writes for a run.
   *
   * @param entry its number in pipeline_run
   */
  WriteBatchFn(DatabaseSettings settings, Contract contract, long run, long entry) {
    super(settings, contract);
    this.run = run;
    this.entry = entry;
  }

  @ProcessElement
  public void write(@Element KV<Long, Iterable<SidePack>> element, OutputReceiver<BatchTally> out) {
    long batchId = element.getKey();
    BatchTally tally = new BatchTally(contract(), batchId);
    PatientFacts facts = PatientFacts.of(contract(), element.getValue());
    BatchWrite write =
        database().cleanData().write(run, batchId, batch -> copy(batchId, facts, tally, batch));
    switch (write) {
      case OVERTAKEN -> throw overtaken(run);
      // Another attempt wrote it and came to nothing later: its sums are still to be made.
      case THERE -> copy(batchId, facts, tally, null);
      case WRITTEN -> database().runs().add(entry, counts(tally));
    }
    count(tally);
    out.output(tally);
  }

  static PipelineException overtaken(long run) {
    return new PipelineException(
        "clean_data: run "
            + run
            + " was overtaken by a newer one and has published nothing"
            + " (expected: one prepare at a time)");
  }

  /** Reads, cleans and counts the rows of a batch, and writes them if there is where to. */
  private void copy(
      long batchId, PatientFacts facts, BatchTally tally, @Nullable CleanBatch batch) {
    Cleaner cleaner = new Cleaner(contract());
    database()
        .rawData()
        .read(
            batchId,
            raw -> {
              facts.addHistory(raw);
              Cleaned cleaned = cleaner.clean(raw);
              if (cleaned instanceof Cleaned.Kept kept) {
                tally.add(kept.row());
                if (batch != null) {
                  batch.keep(kept.row(), facts.side(kept.row()));
                }
              } else if (cleaned instanceof Cleaned.Excluded reason) {
                tally.exclude();
                if (batch != null) {
                  batch.exclude(reason.reason());
                }
              }
            });
  }

  private static RunCounts counts(BatchTally tally) {
    return new RunCounts(tally.rows() + tally.excluded(), tally.rows(), tally.excluded(), 1);
  }

  private void count(BatchTally tally) {
    rowsRead.inc(tally.rows() + tally.excluded());
    rowsKept.inc(tally.rows());
    rowsExcluded.inc(tally.excluded());
    batches.inc();
  }
}
