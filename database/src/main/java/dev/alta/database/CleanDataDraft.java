package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A generation of clean_data that nobody sees yet. {@link CleanData#write} fills it and {@link
 * CleanData#publish} puts it in place, from any process.
 *
 * <p>As long as this is open, no other process can begin one. It is thrown away when this is closed
 * without {@link #leave}, if it was not published, and at the next {@link CleanData#begin}.
 */
public final class CleanDataDraft implements AutoCloseable {
  private static final long PREPARING = 0x616c7461_00000002L;

  private final Connections connections;
  // Holds the lock for as long as it is open.
  private final Connection holder;
  private final long run;
  private boolean left;

  private CleanDataDraft(Connections connections, Connection holder, long run) {
    this.connections = connections;
    this.holder = holder;
    this.run = run;
  }

  static CleanDataDraft begin(
      Connections connections, ContractTables tables, String inputSha256, long rowsRead) {
    try {
      Connection holder = connections.pool().getConnection();
      try {
        holder.setAutoCommit(true); // else the wait for the end would be one long transaction
        lock(holder);
        long run = start(connections, tables, inputSha256, rowsRead);
        return new CleanDataDraft(connections, holder, run);
      } catch (SQLException | RuntimeException failed) {
        holder.close();
        throw failed;
      }
    } catch (SQLException failed) {
      throw DatabaseException.of("beginning a new clean_data", failed);
    }
  }

  /** Its number: what the rows' {@code generation} will be. */
  public long run() {
    return run;
  }

  static String table(long run) {
    return "clean_data_run_" + run;
  }

  /** From now on it goes its way without this process: closing does not throw it away. */
  public void leave() {
    left = true;
  }

  /** Ends it; what was not published is thrown away. */
  @Override
  public void close() {
    try {
      if (!left) {
        connections.inTransaction("dropping an unpublished clean_data", this::drop);
      }
    } finally {
      release();
    }
  }

  /** Unless a newer run, which has dropped it already, is under way. */
  private boolean drop(Connection connection) throws SQLException {
    return Drafts.own(connection, run).isPresent() && clear(connection);
  }

  private void release() {
    try (Connection held = holder) {
      ContractTables.execute(held, "SELECT pg_advisory_unlock(" + PREPARING + ")");
    } catch (SQLException failed) {
      throw DatabaseException.of("ending a clean_data run", failed);
    }
  }

  private static void lock(Connection holder) throws SQLException {
    try (PreparedStatement lock = holder.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      lock.setLong(1, PREPARING);
      try (ResultSet result = lock.executeQuery()) {
        result.next();
        if (!result.getBoolean(1)) {
          throw new DatabaseException(
              "clean_data: another process is preparing it (expected: one at a time)");
        }
      }
    }
  }

  private static long start(
      Connections connections, ContractTables tables, String inputSha256, long rowsRead) {
    return connections.inTransaction(
        "beginning a new clean_data",
        connection -> {
          long run = nextRun(connection);
          Drafts.begin(connection, new Drafts.Draft(run, inputSha256, rowsRead));
          clearTables(connection);
          tables.createClean(connection, table(run));
          // Spares the look at every row when the table becomes a partition.
          ContractTables.execute(
              connection, "ALTER TABLE " + table(run) + " ADD CHECK (generation = " + run + ")");
          return run;
        });
  }

  /** A number that no attempt of an earlier run, which may still be writing, has in mind. */
  private static long nextRun(Connection connection) throws SQLException {
    try (PreparedStatement next = connection.prepareStatement("SELECT nextval('clean_data_run')");
        ResultSet result = next.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private boolean clear(Connection connection) throws SQLException {
    Drafts.end(connection, run);
    return clearTables(connection);
  }

  /** Drops the tables of runs that were never published. */
  private static boolean clearTables(Connection connection) throws SQLException {
    List<String> left = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relispartition"
                    + " AND relnamespace = current_schema()::regnamespace"
                    + " AND relname ~ '^clean_data_run_[0-9]+$'");
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        left.add(result.getString(1));
      }
    }
    for (String table : left) {
      ContractTables.execute(connection, "DROP TABLE " + table);
    }
    RunTables.clear(connection);
    return true;
  }
}
