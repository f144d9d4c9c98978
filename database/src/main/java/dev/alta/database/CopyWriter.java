package dev.alta.database;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows by COPY in its text format, the fastest way into PostgreSQL that needs no knowledge
 * of its binary types. Write the fields of a row, then {@link #endRow}; after the last row {@link
 * #finish}. A copy that is not finished is cancelled.
 *
 * <p>A NUL character, which PostgreSQL cannot store, becomes U+FFFD.
 */
final class CopyWriter implements AutoCloseable {
  private static final int FLUSH_AT = 1 << 16;
  private static final byte[] NULL = {'\\', 'N'};
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private final CopyIn copy;
  private byte[] buffer = new byte[FLUSH_AT + (1 << 14)];
  private int length;
  private boolean startOfRow = true;

  /**
   * Starts a copy.
   *
   * @param target the table and its columns: {@code "t (a, b)"}
   */
  CopyWriter(Connection connection, String target) throws SQLException {
    copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + target + " FROM STDIN");
  }

  /** Writes the contract's columns, in their order. */
  void row(Contract contract, Row row) {
    List<Column> columns = contract.columns();
    for (int i = 0; i < columns.size(); i++) {
      field(row.asText(columns.get(i)));
    }
  }

  void field(long value) {
    field(Long.toString(value));
  }

  /** Writes a field; null is NULL. */
  void field(@Nullable String value) {
    if (!startOfRow) {
      put((byte) '\t');
    }
    startOfRow = false;
    if (value == null) {
      put(NULL);
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        escaped(value.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      escaped((byte) c);
    }
  }

  void endRow() throws SQLException {
    put((byte) '\n');
    startOfRow = true;
    if (length >= FLUSH_AT) {
      flush();
    }
  }

  /** Sends what is left and gives the number of rows. */
  long finish() throws SQLException {
    flush();
    return copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer, 0, length);
    length = 0;
  }

  private void escaped(byte[] bytes) {
    for (byte b : bytes) {
      escaped(b);
    }
  }

  private void escaped(byte b) {
    switch (b) {
      case '\t' -> put((byte) '\\', (byte) 't');
      case '\n' -> put((byte) '\\', (byte) 'n');
      case '\r' -> put((byte) '\\', (byte) 'r');
      case '\\' -> put((byte) '\\', (byte) '\\');
      case 0 -> put(REPLACEMENT);
      default -> put(b);
    }
  }

  private void put(byte... bytes) {
    if (length + bytes.length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes.length));
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void put(byte b) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    buffer[length++] = b;
  }
}
