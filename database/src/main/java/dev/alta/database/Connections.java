package dev.alta.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A pool of connections, and the work done in one transaction on one of them. */
final class Connections implements AutoCloseable {
  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private static final int MOST = 8;
  private static final int MOST_TO_LOOK = 4;
  private static final int LONGEST_LOOK_MILLIS = 4_000;
  private static final int TRIES = 20;
  // serialization_failure, deadlock_detected, lock_not_available: another one was in the way.
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03");

  private final HikariDataSource pool;

  private Connections(HikariConfig config) {
    pool = new HikariDataSource(config);
  }

  static Connections of(DatabaseSettings settings) {
    HikariConfig config = config("alta-database", source(settings), MOST);
    config.setConnectionTimeout(10_000);
    return new Connections(config);
  }

  /** Connections that change nothing and wait for nothing long: a person waits for the answer. */
  static Connections toLook(DatabaseSettings settings) {
    PGSimpleDataSource source = source(settings);
    source.setConnectTimeout(3);
    // Only where the server has gone without a word: it ends what takes too long by itself.
    source.setSocketTimeout(LONGEST_LOOK_MILLIS / 1_000 + 2);
    HikariConfig config = config("alta-looking", source, MOST_TO_LOOK);
    config.setConnectionTimeout(3_000);
    config.setReadOnly(true);
    config.setConnectionInitSql("SET statement_timeout = " + LONGEST_LOOK_MILLIS);
    return new Connections(config);
  }

  /** Connections that change nothing, however long they read. */
  static Connections toAudit(DatabaseSettings settings) {
    HikariConfig config = config("alta-audit", source(settings), MOST);
    config.setConnectionTimeout(10_000);
    config.setReadOnly(true);
    return new Connections(config);
  }

  private static HikariConfig config(String name, DataSource source, int most) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName(name);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setInitializationFailTimeout(-1); // reach() says it better
    return config;
  }

  /**
   * Not through DriverManager: it does not find the driver where Flink loads the job's classes a
   * second time.
   */
  static PGSimpleDataSource source(DatabaseSettings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setApplicationName("alta");
    source.setConnectTimeout(5);
    source.setLogServerErrorDetail(false); // quotes rows
    return source;
  }

  /**
   * Makes sure that the database answers.
   *
   * @throws DatabaseException if it does not, with host, port and database in one line
   */
  static void reach(DatabaseSettings settings) {
    PGSimpleDataSource source = source(settings);
    try {
      source.getConnection().close();
    } catch (SQLException unreachable) {
      throw DatabaseException.of(
          "database "
              + source.getDatabaseName()
              + " on "
              + source.getServerNames()[0]
              + ":"
              + (source.getPortNumbers()[0] == 0 ? 5432 : source.getPortNumbers()[0])
              + " as "
              + settings.user()
              + " cannot be reached (expected: a PostgreSQL server that lets this user in)",
          unreachable);
    }
  }

  DataSource pool() {
    return pool;
  }

  /** Does the work in one transaction; if anything is thrown, nothing of it stays. */
  <T> T inTransaction(String doing, Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return commit(connection, work);
    } catch (SQLException failed) {
      throw DatabaseException.of(doing, failed);
    }
  }

  /** The same, from the start again when another transaction was in the way. */
  <T> T inRetriedTransaction(String doing, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = pool.getConnection()) {
        return commit(connection, work);
      } catch (SQLException failed) {
        if (attempt == TRIES || !TRY_AGAIN.contains(String.valueOf(failed.getSQLState()))) {
          throw DatabaseException.of(doing, failed);
        }
      }
    }
  }

  private static <T> T commit(Connection connection, Work<T> work) throws SQLException {
    try {
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException failed) {
      try {
        connection.rollback();
      } catch (SQLException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
