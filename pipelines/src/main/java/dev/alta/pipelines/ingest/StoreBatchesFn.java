package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import dev.alta.database.StoredBatch;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Reads the batches of a task and stores each in a transaction, once the check of all rows has let
 * them pass. May be tried any number of times. Gives the number of rows that went through.
 */
final class StoreBatchesFn extends BatchFn<Long> {
  private final Counter rowsRead = Metrics.counter("alta", "rows_read");
  private final Counter rowsAccepted = Metrics.counter("alta", "rows_accepted");
  private final Counter rowsRejected = Metrics.counter("alta", "rows_rejected");
  private final Counter batches = Metrics.counter("alta", "batches");

  private final DatabaseSettings settings;
  private final String who;
  private final PCollectionView<Boolean> passed;
  private transient @Nullable Database database;

  StoreBatchesFn(
      DatabaseSettings settings, Contract contract, String who, PCollectionView<Boolean> passed) {
    super(contract);
    this.settings = settings;
    this.who = who;
    this.passed = passed;
  }

  @Setup
  public void open() {
    database = Database.attach(settings, contract());
  }

  @ProcessElement
  public void store(@Element BatchTask task, ProcessContext context) {
    if (!context.sideInput(passed)) {
      throw new IllegalStateException("storing what the check did not let pass");
    }
    try (Source.Reader reader = task.source().open(contract())) {
      for (IngestBatch batch : task.batches()) {
        store(task, batch, reader);
        context.output((long) batch.rows());
      }
    } catch (IOException failed) {
      throw task.source().unreadable(failed);
    }
  }

  @Teardown
  public void close() {
    if (database != null) {
      database.close();
    }
  }

  private void store(BatchTask task, IngestBatch batch, Source.Reader reader) throws IOException {
    if (database == null) {
      throw new IllegalStateException("not set up");
    }
    RawData rawData = database.rawData();
    Optional<LedgerEntry> there = rawData.find(batch.source(), batch.number());
    if (there.isPresent()) { // stored by an earlier attempt, or by another run at the same time
      RawData.checkSame(batch, there.get());
      return;
    }
    BatchParser.Parsed parsed = parse(task, batch, reader);
    StoredBatch stored = rawData.store(batch, parsed.accepted(), parsed.rejected(), who);
    if (stored.isNew()) {
      rowsRead.inc(batch.rows());
      rowsAccepted.inc(stored.entry().accepted());
      rowsRejected.inc(stored.entry().rejected());
      batches.inc();
    }
  }
}
