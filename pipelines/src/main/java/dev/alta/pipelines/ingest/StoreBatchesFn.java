package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.IngestBatch;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.Header;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/**
 * Reads the batches of a task and stores each in a transaction. May be tried any number of times.
 */
final class StoreBatchesFn extends DoFn<BatchTask, Void> {
  private final DatabaseSettings settings;
  private final Contract contract;
  private final Header header;
  private final String who;
  private transient @Nullable Database database;

  StoreBatchesFn(DatabaseSettings settings, Contract contract, Header header, String who) {
    this.settings = settings;
    this.contract = contract;
    this.header = header;
    this.who = who;
  }

  @Setup
  public void open() {
    database = Database.attach(settings, contract);
  }

  @ProcessElement
  public void store(@Element BatchTask task) {
    BatchParser parser = new BatchParser(contract, header);
    try (Source.Reader reader = task.source().open(contract)) {
      for (IngestBatch batch : task.batches()) {
        store(batch, parser.parse(batch, checked(task.source(), batch, reader.read(batch))));
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

  private void store(IngestBatch batch, BatchParser.Parsed parsed) {
    if (database == null) {
      throw new IllegalStateException("not set up");
    }
    database.rawData().store(batch, parsed.accepted(), parsed.rejected(), who);
  }

  private static byte[] checked(Source source, IngestBatch batch, byte[] bytes) {
    if (!BatchPlanner.sha256(bytes).equals(batch.sha256())) {
      throw new PipelineException(
          source.address()
              + ": batch "
              + batch.number()
              + " has changed while it was being ingested (expected: a source that stays as it is)");
    }
    return bytes;
  }
}
