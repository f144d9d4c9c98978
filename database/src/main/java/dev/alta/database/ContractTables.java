package dev.alta.database;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables that are made from the contract, as SQL. */
final class ContractTables {
  static final String RAW = "raw_data";
  static final String CLEAN = "clean_data";
  static final String BATCH = "batch_id";
  static final String DATASET = "dataset";
  static final String GENERATION = "generation";

  // For whoever looks for the earlier encounters of some patients.
  private static final String RAW_BY_PATIENT = "raw_data_patient";

  private final Contract contract;

  ContractTables(Contract contract) {
    this.contract = contract;
    Set<String> taken = new HashSet<>(Set.of(BATCH, DATASET, GENERATION));
    codes().forEach(column -> taken.add(group(column)));
    for (Column column : contract.columns()) {
      if (taken.contains(column.name())) {
        throw new IllegalArgumentException(
            contract.name()
                + ": column "
                + column.name()
                + " (expected: another name than the tables' own columns "
                + BATCH
                + ", "
                + DATASET
                + ", "
                + GENERATION
                + " and …_group)");
      }
    }
  }

  /**
   * Makes the tables where they are not there, and adds the columns that the contract has gained.
   * Asks before it alters: an ALTER TABLE waits for every reader, even if there is nothing to do.
   */
  void make(Connection connection) throws SQLException {
    if (exists(connection, RAW)) {
      extend(connection, RAW, rawDefinitions());
    } else {
      execute(connection, create(RAW, rawDefinitions(), key()));
      execute(connection, "CREATE INDEX raw_data_batch_id ON raw_data (batch_id)");
    }
    if (hasHistory() && !exists(connection, RAW_BY_PATIENT)) {
      execute(connection, "CREATE INDEX " + RAW_BY_PATIENT + " ON raw_data (" + patient() + ")");
    }
    if (exists(connection, CLEAN)) {
      extend(connection, CLEAN, cleanDefinitions());
    } else {
      execute(
          connection,
          create(CLEAN, cleanDefinitions(), key() + ", " + GENERATION)
              + " PARTITION BY LIST ("
              + GENERATION
              + ")");
    }
  }

  /**
   * Makes a table that can become the partition of clean_data with this generation. It has the
   * columns that clean_data has, also those that have left the contract since.
   */
  void createClean(Connection connection, String table) throws SQLException {
    execute(connection, "CREATE TABLE " + table + " (LIKE " + CLEAN + ")");
  }

  /** All columns of the contract, quoted, as in a SELECT. */
  String columns() {
    return names(contract.columns(), "");
  }

  /** The columns of raw_data that are the contract's. */
  String rawColumns() {
    return rawColumns("");
  }

  /** The same with a table's alias such as {@code "i."}. */
  String rawColumns(String alias) {
    return names(contract.stored(), alias);
  }

  private static String names(List<Column> columns, String alias) {
    return columns.stream()
        .map(column -> alias + quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** The columns of clean_data in the order in which they are copied. */
  String cleanColumns() {
    return columns()
        + codes().stream().map(c -> ", " + quoted(group(c))).collect(Collectors.joining())
        + ", "
        + DATASET
        + ", "
        + BATCH
        + ", "
        + GENERATION;
  }

  /** The columns that are read through the groups of their code system. */
  List<Column> codes() {
    return contract.columns().stream().filter(column -> column.role() == Role.CODE).toList();
  }

  String key() {
    return quoted(contract.key().name());
  }

  String patient() {
    return quoted(contract.patient().name());
  }

  String target() {
    return quoted(contract.target().name());
  }

  /** The values of the target, from the least to the most urgent. */
  List<String> classes() {
    return contract.classes();
  }

  /** A fixed text of the contract within SQL; values are given as parameters. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name of a table or column within SQL. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String group(Column column) {
    return column.name() + "_group";
  }

  private boolean hasHistory() {
    return contract.stored().size() < contract.size();
  }

  private List<String> rawDefinitions() {
    List<String> definitions = definitions(contract.stored());
    definitions.add(BATCH + " bigint NOT NULL");
    return definitions;
  }

  private List<String> cleanDefinitions() {
    List<String> definitions = definitions(contract.columns());
    codes().forEach(column -> definitions.add(quoted(group(column)) + " text"));
    definitions.add(DATASET + " text NOT NULL");
    definitions.add(BATCH + " bigint NOT NULL");
    definitions.add(GENERATION + " bigint NOT NULL");
    return definitions;
  }

  private static List<String> definitions(List<Column> columns) {
    List<String> definitions = new ArrayList<>();
    for (Column column : columns) {
      definitions.add(quoted(column.name()) + " " + type(column));
    }
    return definitions;
  }

  private static String type(Column column) {
    return switch (column.field().getJavaType()) {
      case INT -> "integer";
      case LONG -> "bigint";
      case FLOAT, DOUBLE -> "double precision";
      default -> "text";
    };
  }

  private static String create(String table, List<String> definitions, String primaryKey) {
    return "CREATE TABLE "
        + table
        + " ("
        + String.join(", ", definitions)
        + ", PRIMARY KEY ("
        + primaryKey
        + "))";
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    return !columnsOf(connection, table).isEmpty();
  }

  /** Adds the columns that are not there; they are NULL in rows that are. */
  static void extend(Connection connection, String table, List<String> definitions)
      throws SQLException {
    Set<String> there = columnsOf(connection, table);
    for (String definition : definitions) {
      String name = definition.substring(0, definition.indexOf(' ')).replace("\"", "");
      if (!there.contains(name)) {
        execute(connection, "ALTER TABLE " + table + " ADD COLUMN " + definition);
      }
    }
  }

  private static Set<String> columnsOf(Connection connection, String table) throws SQLException {
    Set<String> names = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT attname FROM pg_attribute"
                + " WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped")) {
      select.setString(1, table);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          names.add(result.getString(1));
        }
      }
    }
    return names;
  }

  /** The names of a table's partitions. */
  static List<String> partitions(Connection connection, String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = ?::regclass")) {
      select.setString(1, table);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          names.add(result.getString(1));
        }
      }
    }
    return names;
  }

  /** The only number of a query. */
  static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet result = select.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
