package dev.alta.database;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows by COPY in its text format, which PostgreSQL takes in faster than its binary one
 * where most columns are short texts (loadtest/RESULTS.md). Write the fields of a row, then {@link
 * #endRow}; after the last row {@link #finish}. A copy that is not finished is cancelled.
 */
final class CopyWriter implements AutoCloseable {
  private static final int FLUSH_AT = 1 << 16;

  private final CopyIn copy;
  private final CopyText text = new CopyText(FLUSH_AT + (1 << 14));

  /**
   * Starts a copy.
   *
   * @param target the table and its columns: {@code "t (a, b)"}
   */
  CopyWriter(Connection connection, String target) throws SQLException {
    copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + target + " FROM STDIN");
  }

  /** Writes columns of a row. */
  void row(List<Column> columns, Row row) {
    text.row(columns, row);
  }

  void field(long value) {
    text.field(Long.toString(value));
  }

  /** Writes a field; null is NULL. */
  void field(@Nullable String value) {
    text.field(value);
  }

  void endRow() throws SQLException {
    text.endRow();
    flushIfFull();
  }

  /** Writes a row whose first fields were made before. */
  void row(byte[] fields, int from, int size, byte[] rest) throws SQLException {
    text.put(fields, from, size);
    text.put(rest, 0, rest.length);
    flushIfFull();
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

  private void flushIfFull() throws SQLException {
    if (text.length() >= FLUSH_AT) {
      flush();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(text.bytes(), 0, text.length());
    text.cutTo(0);
  }
}
