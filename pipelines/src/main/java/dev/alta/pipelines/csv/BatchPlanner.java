package dev.alta.pipelines.csv;

import dev.alta.core.contract.Contract;
import dev.alta.core.digest.Sha256;
import dev.alta.database.IngestBatch;
import dev.alta.pipelines.PipelineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a file once and cuts it into batches. The same bytes give the same batches; a file
 * that has grown at its end gives the same ones up to its last, shorter one.
 */
public final class BatchPlanner {
  /** Also ends a batch, so that it fits into memory whatever its rows are. */
  public static final int MOST_BYTES = 64 << 20;

  /** Sees each batch with its bytes, which are not kept. */
  @FunctionalInterface
  public interface Visitor {
    void batch(Header header, IngestBatch batch, byte[] bytes);
  }

  private final CsvFile file;
  private final String source;
  private final int batchRows;

  public BatchPlanner(CsvFile file, String source, int batchRows) {
    this.file = file;
    this.source = source;
    this.batchRows = batchRows;
  }

  /** Reads the header alone. */
  public Header readHeader(Contract contract) {
    return read(records -> header(contract, records), new ByteArrayOutputStream());
  }

  /**
   * Cuts the file.
   *
   * @return the header
   * @throws PipelineException if it is no CSV file of the contract, or cannot be read to its end
   */
  public Header plan(Contract contract, Visitor visitor) {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    return read(
        records -> {
          Header header = header(contract, records);
          copy.reset();
          cutAll(header, records, copy, null, visitor);
          return header;
        },
        copy);
  }

  private void cutAll(
      Header header,
      RecordSplitter records,
      ByteArrayOutputStream copy,
      @Nullable IngestBatch last,
      Visitor visitor)
      throws IOException {
    int number = last == null ? 1 : last.number() + 1;
    IngestBatch batch = cut(records, copy, number);
    while (batch.rows() > 0) {
      visitor.batch(header, batch, copy.toByteArray());
      copy.reset();
      batch = cut(records, copy, ++number);
    }
  }

  /**
   * Cuts what has come behind a batch that was found earlier.
   *
   * @param nextLine the line on which it begins
   * @throws PipelineException if it cannot be read to its end
   */
  public void planAfter(Header header, IngestBatch last, long nextLine, Visitor visitor) {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (InputStream in = file.open(last.byteTo())) {
      cutAll(header, new RecordSplitter(in, last.byteTo(), nextLine, copy), copy, last, visitor);
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  @FunctionalInterface
  private interface Reading {
    Header from(RecordSplitter records) throws IOException;
  }

  private Header read(Reading reading, ByteArrayOutputStream copy) {
    try (InputStream in = file.open()) {
      return reading.from(new RecordSplitter(in, 0, 1, copy));
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private PipelineException unreadable(IOException failed) {
    return failed instanceof RecordTooLongException tooLong
        ? new PipelineException(
            file.path() + ": " + tooLong.getMessage() + " (expected: a CSV file)", tooLong)
        : file.unreadable(failed);
  }

  private Header header(Contract contract, RecordSplitter records) throws IOException {
    if (!records.next()) {
      throw new PipelineException(
          file.path() + ": no lines (expected: a CSV file with a header line)");
    }
    List<String> cells =
        CsvRecord.text(records.bytes())
            .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
            .flatMap(CsvRecord::cells)
            .orElse(List.of());
    return Header.read(file.path(), contract, cells);
  }

  private IngestBatch cut(RecordSplitter records, ByteArrayOutputStream copy, int number)
      throws IOException {
    long from = records.nextOffset();
    long line = records.nextLine();
    int rows = 0;
    while (rows < batchRows && copy.size() < MOST_BYTES && records.next()) {
      rows++;
    }
    return new IngestBatch(
        source, number, Sha256.of(copy.toByteArray()), line, from, records.nextOffset(), rows);
  }
}
