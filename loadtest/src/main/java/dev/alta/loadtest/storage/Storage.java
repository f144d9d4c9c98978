package dev.alta.loadtest.storage;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL, a process of its own, and an S3 endpoint in this process, both in one folder. What
 * is in them is looked at by SQL and by the files of the bucket.
 */
public final class Storage implements AutoCloseable {
  private final Path folder;
  private final String bucket;
  private final S3Endpoint endpoint;
  private PostgresServer postgres;
  private boolean closed;

  private Storage(Path folder, String bucket) throws IOException {
    this.folder = folder;
    this.bucket = bucket;
    this.endpoint = S3Endpoint.start(folder.resolve("store"));
    try {
      this.postgres = PostgresServer.start(settings());
    } catch (IOException failed) {
      endpoint.close();
      throw failed;
    }
  }

  private PostgresSettings settings() {
    return PostgresSettings.in(folder.resolve("postgres"));
  }

  /** Starts both, with a durable, empty database; the bucket is made by whoever first opens it. */
  public static Storage start(Path folder, String bucket) throws IOException {
    Storage storage = new Storage(folder, bucket);
    // The database is a process of its own, and would outlive this one.
    Runtime.getRuntime().addShutdownHook(new Thread(storage::close));
    return storage;
  }

  public DatabaseSettings database() {
    return new DatabaseSettings(postgres.url(), postgres.user(), postgres.password());
  }

  public StoreSettings bucket() {
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), bucket);
  }

  /** The folder in which the bucket's objects are files of the same names. */
  public Path objects() {
    return folder.resolve("store").resolve(bucket);
  }

  /** The server that the database is in. */
  public PostgresServer postgres() {
    return postgres;
  }

  /** Stops the server in order; what uses it is cut off. */
  public void stopDatabase() {
    postgres.close();
  }

  /** Starts it on the same port, also where it was killed. */
  public void startDatabaseAgain() throws IOException {
    postgres.close();
    postgres = PostgresServer.start(settings().onPort(postgres.port()));
  }

  /** One more database on the same server. */
  public DatabaseSettings another(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new DatabaseSettings(
        postgres.url().replaceAll("/[^/]*$", "/" + name), postgres.user(), postgres.password());
  }

  /** To the database. */
  public Connection connect() throws SQLException {
    return connect(database());
  }

  /** To any database. */
  public static Connection connect(DatabaseSettings database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser(database.user());
    source.setPassword(database.password());
    return source.getConnection();
  }

  /** Also done where this process is told to stop: the database is a process of its own. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    postgres.close();
    endpoint.close();
  }
}
