package dev.alta.pipelines.csv;

import dev.alta.database.IngestBatch;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads batches of a file that were planned before, in their order. */
public final class BatchReader implements Closeable {
  private final InputStream in;
  private long at;

  private BatchReader(InputStream in) {
    this.in = in;
  }

  public static BatchReader open(CsvFile file) throws IOException {
    return new BatchReader(file.open());
  }

  /**
   * The bytes of a batch. A plain file is not read up to the batch but positioned at it.
   *
   * @param batch this or one further on than that of the last call
   * @throws EOFException if the file has become shorter
   */
  public byte[] read(IngestBatch batch) throws IOException {
    in.skipNBytes(batch.byteFrom() - at);
    int length = Math.toIntExact(batch.byteTo() - batch.byteFrom());
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it has become shorter");
    }
    at = batch.byteTo();
    return bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
