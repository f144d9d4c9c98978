package dev.alta.database;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of COPY, as bytes. Write the fields of a row, then {@link #endRow}.
 *
 * <p>A NUL character, which PostgreSQL cannot store, becomes U+FFFD.
 */
final class CopyText {
  private static final byte[] NULL = {'\\', 'N'};
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private byte[] bytes;
  private int length;
  private boolean startOfRow = true;

  CopyText(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many of {@link #bytes} are written. */
  int length() {
    return length;
  }

  /** Forgets what was written from there on, which must be the beginning of a row. */
  void cutTo(int newLength) {
    length = newLength;
    startOfRow = true;
  }

  /** Writes columns of a row. */
  void row(List<Column> columns, Row row) {
    for (int i = 0; i < columns.size(); i++) {
      field(row.asText(columns.get(i)));
    }
  }

  /** Writes a field; null is NULL. */
  void field(@Nullable String value) {
    separate();
    if (value == null) {
      put(NULL, 0, NULL.length);
      return;
    }
    require(2 * value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        escaped(value.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      escaped((byte) c);
    }
  }

  /** Writes a field in which nothing is to be escaped. */
  void plainField(byte[] source, int from, int size) {
    separate();
    put(source, from, size);
  }

  /** Writes all fields of a row that stand in CSV without quotes, nothing in them to be escaped. */
  void plainRow(byte[] source, int from, int size) {
    require(size);
    for (int i = 0; i < size; i++) {
      byte b = source[from + i];
      bytes[length + i] = b == ',' ? (byte) '\t' : b;
    }
    length += size;
    startOfRow = false;
  }

  void endRow() {
    put((byte) '\n');
    startOfRow = true;
  }

  /** Appends what was written elsewhere. */
  void put(byte[] source, int from, int size) {
    require(size);
    System.arraycopy(source, from, bytes, length, size);
    length += size;
  }

  private void separate() {
    if (!startOfRow) {
      put((byte) '\t');
    }
    startOfRow = false;
  }

  private void escaped(byte[] values) {
    for (byte b : values) {
      escaped(b);
    }
  }

  private void escaped(byte b) {
    switch (b) {
      case '\t' -> escape((byte) 't');
      case '\n' -> escape((byte) 'n');
      case '\r' -> escape((byte) 'r');
      case '\\' -> escape((byte) '\\');
      case 0 -> put(REPLACEMENT, 0, REPLACEMENT.length);
      default -> put(b);
    }
  }

  private void escape(byte letter) {
    put((byte) '\\');
    put(letter);
  }

  private void put(byte b) {
    require(1);
    bytes[length++] = b;
  }

  private void require(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
