package dev.alta.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Brings the rows of a {@link Snapshot} back, in one transaction: all of them or none. */
final class Restoration {
  private static final int PIECE = 1 << 16;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  // Of columns that have left the contract since.
  private static final Set<String> TYPES = Set.of("integer", "bigint", "double precision", "text");

  private final Connection connection;
  private final ContractTables tables;

  Restoration(Connection connection, ContractTables tables) {
    this.connection = connection;
    this.tables = tables;
  }

  /** The first table with something in it; empty where there is none. */
  static Optional<String> occupied(Connection connection) throws SQLException {
    for (String table : AltaTables.all(connection)) {
      if (ContractTables.number(connection, "SELECT (EXISTS (SELECT FROM " + table + "))::integer")
          > 0) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  /** Empties all tables, and drops those that only scoring has made. */
  void clear() throws SQLException {
    ContractTables.execute(connection, "SET LOCAL lock_timeout = '30s'");
    for (String scores : AltaTables.scores(connection)) {
      ContractTables.execute(connection, "DROP TABLE IF EXISTS " + scores);
    }
    for (String partition : ContractTables.partitions(connection, ContractTables.CLEAN)) {
      ContractTables.execute(connection, "DROP TABLE " + partition);
    }
    List<String> emptied = new ArrayList<>(AltaTables.fixed(connection));
    emptied.addAll(AltaTables.UNDER_WAY);
    emptied.add(ContractTables.RAW);
    ContractTables.execute(connection, "TRUNCATE " + String.join(", ", emptied));
  }

  /** Fills a table; those that it depends on were filled before. */
  long fill(CopiedTable table, InputStream rows) throws SQLException {
    makeRoom(table);
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table.name() + " (" + table.columnNames() + ") FROM STDIN");
    try {
      byte[] piece = new byte[PIECE];
      for (int size = rows.read(piece); size >= 0; size = rows.read(piece)) {
        copy.writeToCopy(piece, 0, size);
      }
      return copy.endCopy();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void makeRoom(CopiedTable table) throws SQLException {
    if (table.name().equals(ContractTables.RAW) || table.name().equals(ContractTables.CLEAN)) {
      ContractTables.extend(connection, table.name(), definitions(table));
    }
    if (table.name().equals(ContractTables.CLEAN)) {
      partition(table.name(), "SELECT max(generation) FROM clean_data_generation");
    } else if (!AltaTables.FIXED.contains(table.name())
        && !table.name().equals(ContractTables.RAW)) {
      makeScores(table.name());
    }
  }

  private static List<String> definitions(CopiedTable table) {
    return table.columns().stream()
        .map(
            column -> {
              if (!TYPES.contains(column.type())) {
                throw new DatabaseException(
                    table.name()
                        + ": column "
                        + column.name()
                        + " of type "
                        + column.type()
                        + " (expected: one of "
                        + TYPES.stream().sorted().collect(Collectors.joining(", "))
                        + ")");
              }
              return ContractTables.quoted(column.name()) + " " + column.type();
            })
        .toList();
  }

  /** Both tables of scores at the first of them. */
  private void makeScores(String table) throws SQLException {
    String name =
        table.endsWith(ScoreTableSql.REJECTS)
            ? table.substring(0, table.length() - ScoreTableSql.REJECTS.length())
            : table;
    new ScoreTableSql(tables, name).make(connection);
    partition(
        table,
        "SELECT max(run) FROM score_run WHERE published_at IS NOT NULL AND table_name = "
            + ContractTables.literal(name));
  }

  /** Makes the partition of a number, as publishing does; none where nothing was published. */
  private void partition(String table, String numberSql) throws SQLException {
    long number = ContractTables.number(connection, numberSql);
    if (number > 0) {
      String partition = table + "_run_" + number;
      // What a run that was never published may have left.
      ContractTables.execute(connection, "DROP TABLE IF EXISTS " + partition);
      ContractTables.execute(
          connection,
          "CREATE TABLE "
              + partition
              + " PARTITION OF "
              + table
              + " FOR VALUES IN ("
              + number
              + ")");
    }
  }

  /** Goes on counting where the numbers had come to, or behind the highest that there is. */
  void countOn(Map<String, Long> numbers) throws SQLException {
    for (String column : AltaTables.numbered(connection, AltaTables.fixed(connection))) {
      int dot = column.indexOf('.');
      String table = column.substring(0, dot);
      String name = column.substring(dot + 1);
      long highest =
          ContractTables.number(connection, "SELECT coalesce(max(" + name + "), 0) FROM " + table);
      set(
          "pg_get_serial_sequence('" + table + "', '" + name + "')",
          Math.max(highest, numbers.getOrDefault(column, 0L)));
    }
    long highest =
        ContractTables.number(
            connection, "SELECT coalesce(max(generation), 0) FROM clean_data_generation");
    set(
        ContractTables.literal(AltaTables.RUN_NUMBERS),
        Math.max(highest, numbers.getOrDefault(AltaTables.RUN_NUMBERS, 0L)));
  }

  private void set(String sequence, long number) throws SQLException {
    if (number > 0) {
      try (PreparedStatement select =
          connection.prepareStatement("SELECT setval((" + sequence + ")::regclass, ?)")) {
        select.setLong(1, number);
        try (ResultSet result = select.executeQuery()) {
          result.next();
        }
      }
    }
  }

  /**
   * Makes sure that these are names of tables and columns, and nothing else: they become SQL.
   *
   * @throws DatabaseException if one is not
   */
  static void requireNames(List<CopiedTable> tables) {
    for (CopiedTable table : tables) {
      requireName("table", table.name());
      table.columns().forEach(column -> requireName(table.name() + ": column", column.name()));
    }
    List<String> names = tables.stream().map(CopiedTable::name).toList();
    List<String> expected = new ArrayList<>(AltaTables.FIXED);
    expected.add(ContractTables.RAW);
    expected.add(ContractTables.CLEAN);
    // One of an older Alta may lack some.
    List<String> found = expected.stream().filter(names::contains).toList();
    if (!names.subList(0, found.size()).equals(found) || !found.contains(ContractTables.RAW)) {
      throw new DatabaseException(
          "tables "
              + names
              + " (expected: "
              + String.join(", ", expected)
              + ", then those of scores)");
    }
  }

  private static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new DatabaseException(
          what + " " + name + " (expected: a letter, then up to 62 of a-z, 0-9 and _)");
    }
  }
}
