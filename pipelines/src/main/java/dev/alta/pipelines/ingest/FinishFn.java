package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RunCounts;
import dev.alta.database.RunOrder;
import dev.alta.pipelines.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The last step: stores the batches that were put off in their order, makes sure that the ledger
 * has all of the run, and that not too many rows turned out to contradict stored ones, which only
 * storing them shows. Where an incremental source could not be gone through to its end, this is
 * where the run fails: the days before are stored by now.
 */
final class FinishFn extends StoreBatches<Long> {
  private final String data;
  private final double maxRejects;
  private final ArrayList<BatchTask> tasks;
  private final @Nullable String stopped;

  /**
   * @param tasks all that is to be in the ledger at the end, in its order
   * @param stopped why the source could not be gone through to its end, if so
   */
  FinishFn(
      IngestSettings settings,
      Contract contract,
      RunOrder order,
      long run,
      List<BatchTask> tasks,
      @Nullable String stopped) {
    super(settings, contract, order, run);
    this.data = settings.data();
    this.maxRejects = settings.maxRejects();
    this.tasks = new ArrayList<>(tasks);
    this.stopped = stopped;
  }

  @ProcessElement
  public void finish(@Element Long rowsTried, OutputReceiver<Long> out) {
    try {
      RunCounts all = finish();
      database().runs().done(run(), all);
      out.output(all.read());
    } catch (PipelineException failed) {
      database().runs().failed(run(), String.valueOf(failed.getMessage()));
      throw failed;
    }
  }

  private RunCounts finish() {
    long expected =
        tasks.stream().flatMap(t -> t.batches().stream()).mapToLong(IngestBatch::rows).sum();
    List<LedgerEntry> stored = Ingest.stored(order(), rawData());
    if (Ingest.rowsOf(stored) != expected) {
      tasks.forEach(this::store);
      stored = Ingest.stored(order(), rawData());
    }
    long rows = Ingest.rowsOf(stored);
    if (rows != expected) {
      throw new PipelineException(
          data + ": " + rows + " new rows in the ledger (expected: " + expected + ")");
    }
    RunCounts all = RunCounts.sum(stored.stream().map(LedgerEntry::counts).toList());
    long rejected = all.rejected();
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
    if (stopped != null) {
      throw new PipelineException(stopped);
    }
    return all;
  }
}
