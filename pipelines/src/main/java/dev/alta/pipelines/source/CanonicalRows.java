package dev.alta.pipelines.source;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.RecordSplitter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** Writes rows in the canonical form of {@link Day}, one after the other. */
final class CanonicalRows {
  private final String[] cells;
  private final boolean[] given;
  private final ByteArrayOutputStream csv = new ByteArrayOutputStream();
  private int finished;

  CanonicalRows(Contract contract) {
    cells = new String[contract.stored().size()];
    given = new boolean[contract.stored().size()];
  }

  void begin() {
    Arrays.fill(cells, "");
    Arrays.fill(given, false);
  }

  /** Puts a value into the row that has begun; false where the column has one. */
  boolean put(int column, String value) {
    boolean first = !given[column];
    given[column] = true;
    cells[column] = value;
    return first;
  }

  /** Ends the row. */
  void end(Function<String, PipelineException> wrong) {
    ByteBuffer bytes;
    try {
      bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .encode(CharBuffer.wrap(CsvRecord.line(Arrays.asList(cells)) + "\n"));
    } catch (CharacterCodingException half) {
      throw wrong.apply("half of a character");
    }
    if (bytes.remaining() > RecordSplitter.LONGEST) {
      throw wrong.apply("more than " + RecordSplitter.LONGEST + " bytes");
    }
    if (csv.size() + bytes.remaining() > BatchPlanner.MOST_BYTES) {
      throw wrong.apply("the day has more than " + BatchPlanner.MOST_BYTES + " bytes up to here");
    }
    csv.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
    finished++;
  }

  /** Of the row at hand, from 1 on. */
  int number() {
    return finished + 1;
  }

  Day day() {
    return new Day(csv.toByteArray(), finished);
  }
}
