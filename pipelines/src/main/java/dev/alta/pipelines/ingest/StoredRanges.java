package dev.alta.pipelines.ingest;

import dev.alta.core.digest.Sha256;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.BatchReader;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.csv.Header;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of a plain file that the ledger has, one after the other from the first one on. They
 * are ranges of bytes, so whether they are still the same is seen by digesting these, some at a
 * time, without looking for records in them.
 */
final class StoredRanges {
  private static final int BUFFER = 1 << 16;

  private final CsvFile file;
  private final List<IngestBatch> batches = new ArrayList<>();

  /**
   * @param entries of the file in the ledger, by number; there may be gaps, where a run was killed
   */
  StoredRanges(CsvFile file, List<LedgerEntry> entries) {
    this.file = file;
    for (LedgerEntry entry : entries) {
      IngestBatch batch = entry.batch();
      if (batch.number() != batches.size() + 1
          || (!batches.isEmpty() && last().byteTo() != batch.byteFrom())) {
        return;
      }
      batches.add(batch);
    }
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  IngestBatch last() {
    return batches.get(batches.size() - 1);
  }

  /** Tells of every batch, with the digest that its range has now. */
  void visit(Header header, BatchPlanner.Visitor visitor) {
    List<IngestBatch> now = batches.parallelStream().map(this::digested).toList();
    now.forEach(batch -> visitor.batch(header, batch, new byte[0]));
  }

  /**
   * The line behind the last batch.
   *
   * @throws PipelineException if the last record of the batch has become longer
   */
  long nextLine() {
    try {
      return nextLine(read(last()));
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
  }

  private long nextLine(byte[] bytes) throws IOException {
    long line = last().firstLine();
    for (byte b : bytes) {
      line += b == '\n' ? 1 : 0;
    }
    if (bytes[bytes.length - 1] == '\n') {
      return line;
    }
    int next = byteAt(last().byteTo());
    if (next >= 0 && next != '\n' && next != '\r') {
      throw new PipelineException(
          file.path()
              + ": line "
              + line
              + " has become longer since it was ingested (expected: new rows on new lines)");
    }
    return line;
  }

  private IngestBatch digested(IngestBatch batch) {
    return new IngestBatch(
        batch.source(),
        batch.number(),
        digest(batch.byteFrom(), batch.byteTo()),
        batch.firstLine(),
        batch.byteFrom(),
        batch.byteTo(),
        batch.rows());
  }

  /** A batch at a time would be read into fresh memory, which takes as long as digesting it. */
  private String digest(long from, long to) {
    MessageDigest digest = Sha256.start();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = file.open(from)) {
      for (long left = to - from; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          return "that is cut off";
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
    return Sha256.finish(digest);
  }

  private byte[] read(IngestBatch batch) throws IOException {
    try (BatchReader reader = BatchReader.open(file)) {
      return reader.read(batch);
    }
  }

  /** The byte at this offset, or -1 at the end. */
  private int byteAt(long offset) throws IOException {
    try (InputStream in = file.open(offset)) {
      return in.read();
    }
  }
}
