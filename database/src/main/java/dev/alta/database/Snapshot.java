package dev.alta.database;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * All of Alta's tables as they are at one moment, to be copied out. Others go on reading and
 * writing; only who wants to put a new clean_data or a new table of scores in place waits until it
 * is closed. For one thread.
 */
public final class Snapshot {
  private final Connection connection;
  private final List<CopiedTable> tables;
  private final Instant moment;

  private Snapshot(Connection connection, List<CopiedTable> tables, Instant moment) {
    this.connection = connection;
    this.tables = tables;
    this.moment = moment;
  }

  /**
   * Takes it, in a transaction that has done nothing yet.
   *
   * @param names the tables, as they were found in a transaction before
   * @return empty where there are others by now
   */
  static Optional<Snapshot> take(Connection connection, List<String> names) throws SQLException {
    ContractTables.execute(
        connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    // Before the first look, which fixes the moment: a partition that is dropped after it would be
    // gone for this transaction, too.
    ContractTables.execute(
        connection, "LOCK TABLE " + String.join(", ", names) + " IN ACCESS SHARE MODE");
    Instant moment = now(connection);
    if (!AltaTables.all(connection).equals(names)) {
      return Optional.empty();
    }
    List<CopiedTable> tables = new ArrayList<>();
    for (String name : names) {
      tables.add(AltaTables.describe(connection, name));
    }
    return Optional.of(new Snapshot(connection, List.copyOf(tables), moment));
  }

  private static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT clock_timestamp()");
        ResultSet result = select.executeQuery()) {
      result.next();
      return result.getTimestamp(1).toInstant();
    }
  }

  /** When it was taken, by the database's clock. */
  public Instant moment() {
    return moment;
  }

  /** The tables, in an order in which they can be brought back. */
  public List<CopiedTable> tables() {
    return tables;
  }

  /**
   * Copies the rows of a table.
   *
   * @param out takes them; is not closed
   * @return how many there are
   */
  public long copy(CopiedTable table, OutputStream out) throws IOException {
    try {
      // Not the table itself: that cannot be copied where it has partitions.
      CopyOut copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut(
                  "COPY (SELECT " + table.columnNames() + " FROM " + table.name() + ") TO STDOUT");
      try {
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
          out.write(row);
        }
        return copy.getHandledRowCount();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException failed) {
      throw DatabaseException.of("copying " + table.name(), failed);
    }
  }

  /**
   * Where the numbers that the database deals out have come to: by {@code table.column}, or by the
   * name of a sequence. Not of the snapshot's moment but of now: what was dealt out since counts,
   * too.
   */
  public Map<String, Long> numbers() {
    try {
      Map<String, Long> numbers = new LinkedHashMap<>();
      for (String column : AltaTables.numbered(connection, AltaTables.fixed(connection))) {
        numbers.put(
            column, dealtOut("pg_get_serial_sequence('" + column.replace(".", "', '") + "')"));
      }
      numbers.put(AltaTables.RUN_NUMBERS, dealtOut("'" + AltaTables.RUN_NUMBERS + "'"));
      return numbers;
    } catch (SQLException failed) {
      throw DatabaseException.of("reading sequences", failed);
    }
  }

  private long dealtOut(String sequence) throws SQLException {
    return ContractTables.number(
        connection, "SELECT coalesce(pg_sequence_last_value((" + sequence + ")::regclass), 0)");
  }
}
