package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import dev.alta.database.RunOrder;
import dev.alta.database.StoredBatch;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** A step that stores batches. May be tried any number of times. */
abstract class StoreBatches<I> extends BatchFn<I, Long> {
  private final Counter rowsRead = Metrics.counter("alta", "rows_read");
  private final Counter rowsAccepted = Metrics.counter("alta", "rows_accepted");
  private final Counter rowsRejected = Metrics.counter("alta", "rows_rejected");
  private final Counter batches = Metrics.counter("alta", "batches");

  private final DatabaseSettings settings;
  private final String who;
  private final RunOrder order;
  private final long run;
  private transient @Nullable Database database;

  /**
   * Stores for a run.
   *
   * @param run its number in pipeline_run
   */
  StoreBatches(IngestSettings settings, Contract contract, RunOrder order, long run) {
    super(contract);
    this.settings = settings.database();
    this.who = settings.who();
    this.order = order;
    this.run = run;
  }

  @Setup
  public void open() {
    database = Database.attach(settings, contract());
  }

  @Teardown
  public void close() {
    if (database != null) {
      database.close();
    }
  }

  RunOrder order() {
    return order;
  }

  RawData rawData() {
    return database().rawData();
  }

  /** Number of the run. */
  long run() {
    return run;
  }

  Database database() {
    if (database == null) {
      throw new IllegalStateException("not set up");
    }
    return database;
  }

  /** Reads the batches of a task and stores each in a transaction; some may be put off. */
  void store(BatchTask task) {
    try (Source.Reader reader = task.source().open(contract())) {
      for (IngestBatch batch : task.batches()) {
        store(task, batch, reader);
      }
    } catch (IOException failed) {
      throw task.source().unreadable(failed);
    }
  }

  private void store(BatchTask task, IngestBatch batch, Source.Reader reader) throws IOException {
    Optional<LedgerEntry> there = rawData().find(batch.source(), batch.number());
    if (there.isPresent()) { // stored by an earlier attempt, or by another run at the same time
      SameContent.require(batch, there.get());
      return;
    }
    BatchParser.Parsed parsed = parse(task, batch, reader);
    Optional<StoredBatch> stored = store(batch, parsed);
    if (stored.isPresent() && stored.get().isNew()) {
      rowsRead.inc(batch.rows());
      rowsAccepted.inc(stored.get().entry().accepted());
      rowsRejected.inc(stored.get().entry().rejected());
      batches.inc();
      database().runs().add(run, stored.get().entry().counts());
    }
  }

  private Optional<StoredBatch> store(IngestBatch batch, BatchParser.Parsed parsed) {
    try {
      return rawData().store(batch, parsed.accepted(), parsed.rejected(), who, order);
    } catch (DatabaseException failed) {
      // Another run may have stored it meanwhile, from another source of the same name.
      rawData()
          .find(batch.source(), batch.number())
          .ifPresent(entry -> SameContent.require(batch, entry));
      throw failed;
    }
  }
}
