package dev.alta.database;

import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A generation of clean_data that nobody sees yet. Held by one process at a time; it is thrown away
 * if it is closed before it is published, or at the next {@link CleanData#begin} if the process was
 * killed.
 */
public final class CleanDataDraft implements AutoCloseable {
  /** What was found in it. */
  record Content(
      long rowsRead,
      Map<String, Long> excluded,
      Map<Side, Map<String, Long>> counts,
      SplitPlan plan) {
    long kept() {
      return counts.values().stream().flatMap(c -> c.values().stream()).mapToLong(n -> n).sum();
    }

    long excludedRows() {
      return excluded.values().stream().mapToLong(n -> n).sum();
    }
  }

  private static final long PREPARING = 0x616c7461_00000002L;

  private final Connections connections;
  private final ContractTables tables;
  // Holds the lock for as long as it is open.
  private final Connection holder;
  private final long run;
  private boolean published;

  private CleanDataDraft(
      Connections connections, ContractTables tables, Connection holder, long run) {
    this.connections = connections;
    this.tables = tables;
    this.holder = holder;
    this.run = run;
  }

  static CleanDataDraft begin(Connections connections, ContractTables tables) {
    try {
      Connection holder = connections.pool().getConnection();
      try {
        holder.setAutoCommit(true); // else the wait for publish() would be one long transaction
        lock(holder);
        return new CleanDataDraft(connections, tables, holder, start(connections, tables));
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

  /**
   * Puts it in the place of what is published now, after making sure that rows read = kept +
   * excluded and that no patient is on two sides.
   *
   * @param inputSha256 digest over all that decides the result: batches, contract, seed
   * @param rowsRead rows of raw_data that went in
   * @throws DatabaseException if that does not hold; then nothing has changed
   */
  public Generation publish(String inputSha256, long rowsRead) {
    Content content =
        connections.inTransaction("checking the new clean_data", c -> check(c, rowsRead));
    Generation result =
        connections.inRetriedTransaction(
            "publishing clean_data",
            connection -> {
              Generations.record(connection, run, inputSha256, content);
              assign(connection);
              swap(connection);
              return Generations.latest(connection).orElseThrow();
            });
    published = true;
    return result;
  }

  /** Ends it; what was not published is thrown away. */
  @Override
  public void close() {
    try {
      if (!published) {
        connections.inTransaction("dropping an unpublished clean_data", c -> clear(c));
      }
    } finally {
      release();
    }
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

  private static long start(Connections connections, ContractTables tables) {
    return connections.inTransaction(
        "beginning a new clean_data",
        connection -> {
          clear(connection);
          long run = nextRun(connection);
          tables.createClean(connection, table(run));
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

  /** Drops the tables of runs that were never published. */
  private static boolean clear(Connection connection) throws SQLException {
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
    return !left.isEmpty();
  }

  private Content check(Connection connection, long rowsRead) throws SQLException {
    finishTable(connection);
    Content content =
        new Content(
            rowsRead,
            RunTables.excluded(connection, run),
            counts(connection),
            RunTables.plan(connection, run));
    if (content.kept() + content.excludedRows() != rowsRead) {
      throw new DatabaseException(
          "clean_data: "
              + content.kept()
              + " rows kept and "
              + content.excludedRows()
              + " excluded (expected: "
              + rowsRead
              + " in all)");
    }
    long torn = patientsOnTwoSides(connection);
    if (torn > 0) {
      throw new DatabaseException(
          "clean_data: " + torn + " patients are on more than one side (expected: none)");
    }
    return content;
  }

  private void finishTable(Connection connection) throws SQLException {
    String table = table(run);
    ContractTables.execute(
        connection, "ALTER TABLE " + table + " ADD PRIMARY KEY (" + tables.key() + ", generation)");
    // Spares the look at every row when the table becomes a partition.
    ContractTables.execute(
        connection, "ALTER TABLE " + table + " ADD CHECK (generation = " + run + ")");
    ContractTables.execute(connection, "ANALYZE " + table);
  }

  private Map<Side, Map<String, Long>> counts(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT dataset, "
                + tables.target()
                + ", count(*) FROM "
                + table(run)
                + " GROUP BY 1, 2")) {
      return Generations.counts(select);
    }
  }

  private long patientsOnTwoSides(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*) FROM (SELECT FROM "
                    + table(run)
                    + " GROUP BY "
                    + tables.patient()
                    + " HAVING min(dataset) <> max(dataset)) AS torn");
        ResultSet result = select.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private void assign(Connection connection) throws SQLException {
    ContractTables.execute(
        connection,
        "INSERT INTO split_assignment AS a (patient, dataset, generation) SELECT "
            + tables.patient()
            + ", min(dataset), "
            + run
            + " FROM "
            + table(run)
            + " GROUP BY 1 ON CONFLICT (patient) DO UPDATE SET dataset = excluded.dataset,"
            + " generation = excluded.generation WHERE a.dataset <> excluded.dataset");
  }

  /**
   * The only moment at which readers wait, and not for long: rather this gives up and tries anew.
   */
  private void swap(Connection connection) throws SQLException {
    ContractTables.execute(connection, "SET LOCAL lock_timeout = '1s'");
    ContractTables.execute(connection, "LOCK TABLE clean_data IN ACCESS EXCLUSIVE MODE");
    List<String> old = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT inhrelid::regclass::text FROM pg_inherits"
                    + " WHERE inhparent = 'clean_data'::regclass");
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        old.add(result.getString(1));
      }
    }
    for (String partition : old) {
      ContractTables.execute(connection, "DROP TABLE " + partition);
    }
    ContractTables.execute(
        connection,
        "ALTER TABLE clean_data ATTACH PARTITION " + table(run) + " FOR VALUES IN (" + run + ")");
    RunTables.clear(connection);
  }
}
