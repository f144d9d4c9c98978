package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.storage.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into a database with a connection of its own. */
public final class Sql implements AutoCloseable {
  private static final String NO_SUCH_TABLE = "42P01";

  // Classes of SQL states: the connection failed, an operator intervened.
  private static final List<String> GONE = List.of("08", "57");

  private final Connection connection;

  /** Connects. */
  public Sql(DatabaseSettings database) throws SQLException {
    this.connection = Storage.connect(database);
  }

  /** The first column of all rows, as text. */
  List<String> texts(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (result.next()) {
        texts.add(String.valueOf(result.getString(1)));
      }
      return texts;
    }
  }

  /** One number; 0 where a table is not there yet. */
  public long number(String query) throws SQLException {
    try {
      return Long.parseLong(texts(query).get(0));
    } catch (SQLException failed) {
      if (NO_SUCH_TABLE.equals(failed.getSQLState())) {
        return 0;
      }
      throw failed;
    }
  }

  /** Whether something failed since the server is not there, or not any more. */
  static boolean isGone(SQLException failed) {
    String state = failed.getSQLState();
    return state != null && GONE.stream().anyMatch(state::startsWith);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
