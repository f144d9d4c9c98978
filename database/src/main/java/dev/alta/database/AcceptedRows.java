package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a batch that keep to the contract, in the order of their lines, as the text that COPY
 * takes: what is read as text and stored as text need not be anything else in between. Write the
 * fields of a row in the order of the contract's stored columns, then {@link #endRow}, or {@link
 * #dropRow} if it turns out not to keep to the contract.
 */
public final class AcceptedRows {
  /** Longest text of a row that is kept with a rejected row, in characters. */
  public static final int LONGEST_TEXT = 4_000;

  /** Where a row came from; its text is kept if it contradicts one already stored. */
  private record Origin(long line, int from, int to) {}

  private final byte[] source;
  private final CopyText text;
  private int[] ends;
  private Origin[] origins;
  private int size;

  /**
   * No rows yet.
   *
   * @param source the bytes in which the rows' own text stands
   * @param expected about how many rows will come
   */
  public AcceptedRows(byte[] source, int expected) {
    this.source = source;
    this.text = new CopyText(source.length + source.length / 4 + 1024);
    this.ends = new int[Math.max(expected, 16)];
    this.origins = new Origin[ends.length];
  }

  public int size() {
    return size;
  }

  /** Writes a field, or null where it is not recorded. */
  public void field(@Nullable String value) {
    text.field(value);
  }

  /** Writes a field of ASCII characters, none of them a control character or a backslash. */
  public void plainField(byte[] bytes, int from, int length) {
    text.plainField(bytes, from, length);
  }

  /**
   * Writes all fields of a row that stand in CSV, in the order of the contract's stored columns and
   * without quotes, each as in {@link #plainField}.
   */
  public void plainRow(byte[] bytes, int from, int length) {
    text.plainRow(bytes, from, length);
  }

  /** Writes all fields of a row that are stored. */
  public void row(Contract contract, Row row) {
    text.row(contract.stored(), row);
  }

  /**
   * Ends a row.
   *
   * @param line where it starts in the source, above that of the row before
   * @param from first of the bytes that are its own text
   * @param to first byte after them
   */
  public void endRow(long line, int from, int to) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      origins = Arrays.copyOf(origins, 2 * size);
    }
    origins[size] = new Origin(line, from, to);
    ends[size++] = text.length();
    text.cutTo(text.length());
  }

  /** Forgets the fields since the last row's end. */
  public void dropRow() {
    text.cutTo(start(size));
  }

  /** All rows as COPY takes them, one on each line. */
  public String text() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < size; i++) {
      rows.append(new String(text.bytes(), start(i), ends[i] - start(i), StandardCharsets.UTF_8))
          .append('\n');
    }
    return rows.toString();
  }

  /** The rows' own text, cut to {@link #LONGEST_TEXT}. */
  String rawText(long line) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (origins[middle].line() < line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    Origin origin = origins[low];
    return cut(
        new String(source, origin.from(), origin.to() - origin.from(), StandardCharsets.UTF_8));
  }

  /** A text of at most {@link #LONGEST_TEXT} characters. */
  public static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }

  /** Copies all rows, each with the same last field. */
  void copyTo(CopyWriter copy, long lastField) throws SQLException {
    byte[] rest = rest(lastField);
    for (int i = 0; i < size; i++) {
      copy.row(text.bytes(), start(i), ends[i] - start(i), rest);
    }
  }

  /** Copies all rows, each with its line as the last field. */
  void copyWithLinesTo(CopyWriter copy) throws SQLException {
    for (int i = 0; i < size; i++) {
      copy.row(text.bytes(), start(i), ends[i] - start(i), rest(origins[i].line()));
    }
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  private static byte[] rest(long lastField) {
    return ("\t" + lastField + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
