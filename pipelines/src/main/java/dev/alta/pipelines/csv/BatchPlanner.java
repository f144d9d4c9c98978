package dev.alta.pipelines.csv;

import dev.alta.core.contract.Contract;
import dev.alta.database.IngestBatch;
import dev.alta.pipelines.PipelineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

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
          int number = 0;
          IngestBatch batch;
          do {
            copy.reset();
            batch = cut(records, copy, number + 1);
            if (batch.rows() > 0) {
              number++;
              visitor.batch(header, batch, copy.toByteArray());
            }
          } while (batch.rows() > 0);
          return header;
        },
        copy);
  }

  @FunctionalInterface
  private interface Reading {
    Header from(RecordSplitter records) throws IOException;
  }

  private Header read(Reading reading, ByteArrayOutputStream copy) {
    try (InputStream in = file.open()) {
      return reading.from(new RecordSplitter(in, 0, 1, copy));
    } catch (RecordTooLongException tooLong) {
      throw new PipelineException(
          file.path() + ": " + tooLong.getMessage() + " (expected: a CSV file)", tooLong);
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
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
        source, number, sha256(copy.toByteArray()), line, from, records.nextOffset(), rows);
  }

  /** Lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
