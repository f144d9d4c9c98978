package dev.alta.database;

import dev.alta.core.contract.Contract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a contract. Safe for several threads; holds a few connections until it is closed.
 */
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  // Any number will do, as long as it is nobody else's: "alta" and 1.
  private static final long OPENING = 0x616c7461_00000001L;

  /** The highest V of {@code db/migration}. */
  static final int LATEST_MIGRATION = 11;

  private final Connections connections;
  private final RawData rawData;
  private final CleanData cleanData;
  private final InferenceLog inferenceLog;
  private final Runs runs;
  private final Workflows workflows;
  private final Outcomes outcomes;
  private final ServedPredictions servedPredictions;
  private final ContractTables tables;

  private Database(Connections connections, Contract contract) {
    this.connections = connections;
    tables = new ContractTables(contract);
    rawData = new RawData(connections, contract, tables);
    cleanData = new CleanData(connections, contract, tables);
    inferenceLog = new InferenceLog(connections);
    runs = new Runs(connections);
    workflows = new Workflows(connections);
    outcomes = new Outcomes(connections);
    servedPredictions = new ServedPredictions(connections, contract);
  }

  /**
   * Opens the database, and makes or extends its tables. Several processes may do so at once.
   *
   * @throws DatabaseException in one line: the database cannot be reached, or holds the data of
   *     another contract
   */
  public static Database open(DatabaseSettings settings, Contract contract) {
    return open(settings, contract, LATEST_MIGRATION);
  }

  /**
   * The same, with the tables as they were after an earlier migration, for what was copied from
   * such tables; {@link #open(DatabaseSettings, Contract)} then does the rest. Where later ones
   * were done already, they stay.
   *
   * @throws DatabaseException also if the migration is one that only a newer Alta has
   */
  public static Database open(DatabaseSettings settings, Contract contract, int migration) {
    if (migration < 1 || migration > LATEST_MIGRATION) {
      throw new DatabaseException(
          "tables of migration "
              + migration
              + " (expected: 1 to "
              + LATEST_MIGRATION
              + ", which this Alta knows; a newer one knows more)");
    }
    Connections.reach(settings);
    Database database = attach(settings, contract);
    try {
      database.makeTables(contract, migration);
    } catch (RuntimeException failed) {
      database.close();
      throw failed;
    }
    return database;
  }

  /**
   * Attaches to a database that {@link #open} has made ready: for the workers of a pipeline, of
   * which there are many.
   */
  public static Database attach(DatabaseSettings settings, Contract contract) {
    return new Database(Connections.of(settings), contract);
  }

  /**
   * Attaches to a database for people who look at it: nothing can be changed, and what takes longer
   * than a few seconds, or finds no database, is given up. Needs no database before it is asked.
   */
  public static Database look(DatabaseSettings settings, Contract contract) {
    return new Database(Connections.toLook(settings), contract);
  }

  /**
   * Attaches to a database for those who check it: nothing can be changed and no tables are made,
   * however long it takes.
   */
  public static Database audit(DatabaseSettings settings, Contract contract) {
    return new Database(Connections.toAudit(settings), contract);
  }

  /** Rows as they came, with the ledger of their batches and what was rejected. */
  public RawData rawData() {
    return rawData;
  }

  /** Cleaned rows, each on its side of the split. */
  public CleanData cleanData() {
    return cleanData;
  }

  /** Every prediction that was answered. */
  public InferenceLog inferenceLog() {
    return inferenceLog;
  }

  /** What a user's own queries give. */
  public Queries queries() {
    return new Queries(connections, tables);
  }

  /**
   * A table of scores.
   *
   * @throws DatabaseException if it cannot have this name
   */
  public ScoreTable scoreTable(String name) {
    return new ScoreTable(connections, tables, name);
  }

  /** Every run of a pipeline. */
  public Runs runs() {
    return runs;
  }

  /** Steps that are done once each, whoever does them. */
  public Workflows workflows() {
    return workflows;
  }

  /** How the pipelines stand. */
  public PipelineFigures pipelineFigures() {
    return connections.inTransaction("reading how the pipelines stand", FiguresReader::read);
  }

  /** All that is in the tables, at one moment; and back. */
  public Copies copies() {
    return new Copies(connections, tables);
  }

  /** Whether the tables agree with each other. */
  public TableAudit tableAudit() {
    return new TableAudit(connections, tables);
  }

  /** What really happened. */
  public Outcomes outcomes() {
    return outcomes;
  }

  /** The predictions of {@link #inferenceLog}, to be read. */
  public ServedPredictions servedPredictions() {
    return servedPredictions;
  }

  @Override
  public void close() {
    connections.close();
  }

  private void makeTables(Contract contract, int migration) {
    connections.inTransaction(
        "making the tables of " + contract.name(),
        connection -> {
          try (PreparedStatement lock =
              connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, OPENING);
            lock.execute();
          }
          if (migration(connection) < migration) {
            migrate(migration);
          }
          claim(connection, contract);
          new ContractTables(contract).make(connection);
          return contract;
        });
    log.info("database has the tables of {}", contract.name());
  }

  /** How many there are; spares Flyway, which takes a tenth of a second to find nothing to do. */
  static int migration(Connection connection) throws SQLException {
    if (ContractTables.number(
            connection, "SELECT (to_regclass('flyway_schema_history') IS NOT NULL)::integer")
        == 0) {
      return 0;
    }
    return (int)
        ContractTables.number(
            connection,
            "SELECT count(DISTINCT version) FROM flyway_schema_history"
                + " WHERE success AND version::integer BETWEEN 1 AND "
                + LATEST_MIGRATION);
  }

  /** On a connection of its own, committed at once, while the lock is held. */
  private void migrate(int migration) {
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(connections.pool())
          .locations("classpath:db/migration")
          // The schema may already hold tables that are not Alta's.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          // The seventh was there before the fifth and sixth for some minutes.
          .outOfOrder(true)
          .target(Integer.toString(migration))
          .load()
          .migrate();
    } catch (FlywayException failed) {
      throw DatabaseException.of("making the tables", failed);
    }
  }

  private static void claim(Connection connection, Contract contract) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO contract (name) VALUES (?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, contract.name());
      insert.executeUpdate();
    }
    try (PreparedStatement select = connection.prepareStatement("SELECT name FROM contract");
        ResultSet result = select.executeQuery()) {
      result.next();
      if (!result.getString(1).equals(contract.name())) {
        throw new DatabaseException(
            "the database holds data of "
                + result.getString(1)
                + " (expected: "
                + contract.name()
                + ", or an empty database)");
      }
    }
  }
}
