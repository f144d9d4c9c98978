package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.IngestBatch;
import dev.alta.pipelines.PipelineException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
    try (InputStream in = task.file().open()) {
      long at = 0;
      for (IngestBatch batch : task.batches()) {
        byte[] bytes = read(in, batch, at);
        at = batch.byteTo();
        store(batch, parser.parse(batch, checked(task.file(), batch, bytes)));
      }
    } catch (IOException failed) {
      throw task.file().unreadable(failed);
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

  /** A plain file is not read up to the batch but positioned at it. */
  private static byte[] read(InputStream in, IngestBatch batch, long at) throws IOException {
    in.skipNBytes(batch.byteFrom() - at);
    int length = Math.toIntExact(batch.byteTo() - batch.byteFrom());
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it has become shorter");
    }
    return bytes;
  }

  private static byte[] checked(SourceFile file, IngestBatch batch, byte[] bytes) {
    if (!BatchPlanner.sha256(bytes).equals(batch.sha256())) {
      throw new PipelineException(
          file.path()
              + ": batch "
              + batch.number()
              + " has changed while it was being ingested (expected: a file that stays as it is)");
    }
    return bytes;
  }
}
