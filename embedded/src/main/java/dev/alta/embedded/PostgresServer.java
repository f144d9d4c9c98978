package dev.alta.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server on a folder, listening on 127.0.0.1 only, with a password (SCRAM) that
 * is made once and kept in the folder's {@code password} file, readable by its owner only. The data
 * survive a restart.
 *
 * <p>The server runs in a session of its own, so that Ctrl-C in a terminal does not reach it before
 * its users are done; {@link #close} stops it. Where the process that started it was killed, the
 * next start on the folder stops the server left behind, after making sure that the process is one.
 *
 * <p>In the folder: {@code data}, {@code password}, {@code postgres.log}, {@code lock}.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
  static final String USER = "alta";
  private static final String DATABASE = "alta";
  private static final Duration START = Duration.ofSeconds(60);

  private final FolderLock lock;
  private final DataDirectory data;
  private final int port;
  private final String password;
  private boolean closed;

  private PostgresServer(DataDirectory data, FolderLock lock, int port, String password) {
    this.lock = lock;
    this.data = data;
    this.port = port;
    this.password = password;
  }

  /** Starts a durable server in the folder, its programs beside it, on a free port. */
  public static PostgresServer start(Path directory) throws IOException {
    return start(PostgresSettings.in(directory));
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws IOException in one line, what was found and what was expected: the port is taken, the
   *     folder is not writable or in use by another process, the server does not start
   */
  public static PostgresServer start(PostgresSettings settings) throws IOException {
    OwnerOnly.folder(settings.directory());
    FolderLock lock = FolderLock.take(settings.directory(), settings.directory().resolve("lock"));
    try {
      return start(settings, lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static PostgresServer start(PostgresSettings settings, FolderLock lock)
      throws IOException {
    PostgresPrograms programs = PostgresPrograms.in(PostgresBinaries.unpack(settings.binaries()));
    DataDirectory data = new DataDirectory(programs, settings.directory());
    data.stopWhatWasLeftBehind();
    int port = LoopbackPort.free(settings.port(), "PostgreSQL");
    String password = data.initialise(settings.durable());
    programs.run(
        "pg_ctl",
        START,
        "start",
        "--wait",
        "--timeout=" + START.toSeconds(),
        "--pgdata=" + data.path(),
        "--log=" + settings.directory().resolve("postgres.log"),
        "--options=" + options(port, settings.durable()));
    PostgresServer server = new PostgresServer(data, lock, port, password);
    try {
      server.createDatabase();
    } catch (SQLException failed) {
      server.close();
      throw new IOException(
          "PostgreSQL in " + settings.directory() + ": " + failed.getMessage(), failed);
    }
    log.info("PostgreSQL serves {} on port {}", data.path(), port);
    return server;
  }

  /** For JDBC: {@code jdbc:postgresql://127.0.0.1:…/alta}. */
  public String url() {
    return "jdbc:postgresql://" + LoopbackPort.ADDRESS + ":" + port + "/" + DATABASE;
  }

  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  /** Process id of the server, while it runs. */
  public Optional<Long> pid() {
    try {
      return Postmaster.find(data.path()).map(postmaster -> postmaster.process().pid());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Stops the server: open transactions are rolled back, everything committed is on the disk. A
   * server that does not stop within seconds is killed; it then recovers at its next start. May be
   * called more than once.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      data.stop();
      lock.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    log.info("PostgreSQL on port {} stopped", port);
  }

  private static String options(int port, boolean durable) {
    String options =
        "-c listen_addresses="
            + LoopbackPort.ADDRESS
            + " -c unix_socket_directories="
            + " -c shared_buffers=128MB -c work_mem=16MB -c maintenance_work_mem=64MB"
            + " -c max_connections=50 -c max_wal_size=1GB -c jit=off -c timezone=UTC"
            + " -p "
            + port;
    return durable
        ? options
        : options + " -c fsync=off -c synchronous_commit=off" + " -c full_page_writes=off";
  }

  private void createDatabase() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://" + LoopbackPort.ADDRESS + ":" + port + "/postgres");
    source.setUser(USER);
    source.setPassword(password);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + DATABASE);
    }
  }
}
