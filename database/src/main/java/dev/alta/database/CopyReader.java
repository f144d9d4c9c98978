package dev.alta.database;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads rows by COPY in its text format: of all ways out of PostgreSQL that with the least work on
 * both sides. Columns that are not asked for stay "not recorded".
 */
final class CopyReader {
  private final Contract contract;
  private final List<Column> columns;
  private final CopyTexts[] texts;
  private byte[] line = new byte[0];
  private int at;

  CopyReader(Contract contract, List<Column> columns) {
    this.contract = contract;
    this.columns = columns;
    this.texts = new CopyTexts[columns.size()];
    Arrays.setAll(texts, i -> new CopyTexts());
  }

  /**
   * Reads rows in no particular order.
   *
   * @param from what follows the columns: {@code "FROM raw_data WHERE batch_id = 7"}
   */
  void read(Connection connection, String from, Consumer<Row> rows) throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (SELECT " + names() + " " + from + ") TO STDOUT");
    try {
      for (byte[] next = copy.readFromCopy(); next != null; next = copy.readFromCopy()) {
        rows.accept(row(next));
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private String names() {
    return columns.stream()
        .map(column -> ContractTables.quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  private Row row(byte[] bytes) throws SQLException {
    line = bytes;
    at = 0;
    Row row = new Row(contract);
    for (int i = 0; i < texts.length; i++) {
      int from = at;
      boolean escaped = end();
      put(row, columns.get(i), texts[i], from, escaped);
      at++;
    }
    if (at != line.length) {
      throw new SQLException("COPY: a row of another width (expected: " + texts.length + ")");
    }
    return row;
  }

  /** Goes to the end of the field; tells whether there is a backslash in it. */
  private boolean end() throws SQLException {
    boolean escaped = false;
    while (at < line.length && line[at] != '\t' && line[at] != '\n') {
      escaped |= line[at++] == '\\';
    }
    if (at == line.length) {
      throw new SQLException("COPY: a row is cut off (expected: a line break at its end)");
    }
    return escaped;
  }

  private void put(Row row, Column column, CopyTexts known, int from, boolean escaped) {
    if (escaped && at == from + 2 && line[from + 1] == 'N') {
      return;
    }
    switch (column.type()) {
      case TEXT -> row.put(column, escaped ? unescaped(from) : known.of(line, from, at));
      case WHOLE -> row.put(column, whole(from));
      case DECIMAL -> row.put(column, Double.parseDouble(text(from)));
    }
  }

  private long whole(int from) {
    boolean negative = line[from] == '-';
    long below = 0; // so that the smallest number has room
    for (int i = negative ? from + 1 : from; i < at; i++) {
      below = below * 10 - (line[i] - '0');
    }
    return negative ? below : -below;
  }

  private String text(int from) {
    return new String(line, from, at - from, StandardCharsets.UTF_8);
  }

  private String unescaped(int from) {
    byte[] plain = new byte[at - from];
    int length = 0;
    for (int i = from; i < at; i++) {
      plain[length++] = line[i] == '\\' ? meant(line[++i]) : line[i];
    }
    return new String(plain, 0, length, StandardCharsets.UTF_8);
  }

  private static byte meant(byte escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> escaped;
    };
  }

  /** Texts of a column that were read a moment ago: most columns have few, over and over. */
  private static final class CopyTexts {
    private static final int SLOTS = 1 << 8;
    private static final int LONGEST = 64;

    private final @Nullable Known[] known = new Known[SLOTS];

    String of(byte[] line, int from, int to) {
      if (to - from > LONGEST) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
      }
      int hash = 0;
      for (int i = from; i < to; i++) {
        hash = 31 * hash + line[i];
      }
      int slot = (hash ^ hash >>> 8) & SLOTS - 1;
      Known there = known[slot];
      if (there == null || !there.is(line, from, to)) {
        there = new Known(Arrays.copyOfRange(line, from, to));
        known[slot] = there;
      }
      return there.text;
    }
  }

  private static final class Known {
    final byte[] bytes;
    final String text;

    Known(byte[] bytes) {
      this.bytes = bytes;
      this.text = new String(bytes, StandardCharsets.UTF_8);
    }

    boolean is(byte[] line, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, line, from, to);
    }
  }
}
