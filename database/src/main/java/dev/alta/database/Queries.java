package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a user's own query gives, as texts, in a transaction that can change nothing. Safe for
 * several threads.
 */
public final class Queries {
  /** The tables that can be read by their name. */
  private static final Set<String> TABLES = Set.of(ContractTables.RAW, ContractTables.CLEAN);

  /** Takes the rows, one after the other. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Called for each row.
     *
     * @param values in the order of the query's columns, null where NULL; used again for the next
     *     row
     */
    void row(List<@Nullable String> values);
  }

  private final Connections connections;
  private final ContractTables tables;

  Queries(Connections connections, ContractTables tables) {
    this.connections = connections;
    this.tables = tables;
  }

  /**
   * The query for all rows of {@code raw_data} or {@code clean_data}, in the order of their keys.
   *
   * @throws DatabaseException if it is another table
   */
  public String ofTable(String table) {
    if (!TABLES.contains(table)) {
      throw new DatabaseException(
          "table " + table + " (expected: raw_data, clean_data, or a query)");
    }
    String columns = table.equals(ContractTables.RAW) ? tables.rawColumns() : tables.columns();
    return "SELECT " + columns + " FROM " + table + " ORDER BY " + tables.key();
  }

  /**
   * The names of a query's columns.
   *
   * @throws DatabaseException if it is none
   */
  public List<String> columns(String sql) {
    return connections.inTransaction(
        "query",
        connection -> {
          readOnly(connection);
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ResultSetMetaData columns = statement.getMetaData();
            if (columns == null) {
              throw new DatabaseException("query: gives no rows (expected: a SELECT)");
            }
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
              names.add(columns.getColumnLabel(i));
            }
            return names;
          }
        });
  }

  /** Reads all rows, a portion at a time. */
  public void read(String sql, Rows rows) {
    connections.inTransaction(
        "query",
        connection -> {
          readOnly(connection);
          try (PreparedStatement statement = RowReader.streaming(connection, sql);
              ResultSet result = statement.executeQuery()) {
            @Nullable String[] values = new String[result.getMetaData().getColumnCount()];
            while (result.next()) {
              for (int i = 0; i < values.length; i++) {
                values[i] = result.getString(i + 1);
              }
              rows.row(Arrays.asList(values));
            }
          }
          return sql;
        });
  }

  private static void readOnly(Connection connection) throws SQLException {
    ContractTables.execute(connection, "SET TRANSACTION READ ONLY");
  }
}
