package dev.alta.database;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads rows of the contract from a query whose first columns are the contract's, in their order.
 */
final class RowReader {
  /** What is done with each row; the result set stands on it, for the columns that follow. */
  @FunctionalInterface
  interface Each {
    void row(Row row, ResultSet result) throws SQLException;
  }

  private static final int FETCH = 2_000;

  private final Contract contract;

  RowReader(Contract contract) {
    this.contract = contract;
  }

  /** A query whose rows come in portions, so that no more than one portion is in memory. */
  static PreparedStatement streaming(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCH);
    return statement;
  }

  void read(PreparedStatement statement, Each each) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        each.row(row(result), result);
      }
    }
  }

  private Row row(ResultSet result) throws SQLException {
    Row row = new Row(contract);
    for (Column column : contract.columns()) {
      int index = column.index() + 1;
      switch (column.type()) {
        case TEXT -> {
          String text = result.getString(index);
          if (text != null) {
            row.put(column, text);
          }
        }
        case WHOLE -> {
          long whole = result.getLong(index);
          if (!result.wasNull()) {
            row.put(column, whole);
          }
        }
        case DECIMAL -> {
          double decimal = result.getDouble(index);
          if (!result.wasNull()) {
            row.put(column, decimal);
          }
        }
      }
    }
    return row;
  }
}
