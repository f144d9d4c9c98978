package dev.alta.pipelines;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** One server for all tests of this module, and an empty database for each of them. */
public final class TestDatabase {
  private static final PostgresServer SERVER = start();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestDatabase() {}

  public static DatabaseSettings empty() throws SQLException {
    String name = "test_" + NUMBER.incrementAndGet();
    try (Connection connection = connect(SERVER.url());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new DatabaseSettings(
        SERVER.url().replaceAll("/alta$", "/" + name), SERVER.user(), SERVER.password());
  }

  /** A second database with all that the first one holds; nobody may be connected to that. */
  public static DatabaseSettings copy(DatabaseSettings from) throws SQLException {
    String name = "test_" + NUMBER.incrementAndGet();
    String template = from.url().substring(from.url().lastIndexOf('/') + 1);
    try (Connection connection = connect(SERVER.url());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    }
    return new DatabaseSettings(
        SERVER.url().replaceAll("/alta$", "/" + name), SERVER.user(), SERVER.password());
  }

  /** The rows of a query, their columns joined by {@code |}. */
  public static List<String> query(DatabaseSettings settings, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect(settings.url());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  /** A connection for as long as it is needed: for queries asked again and again. */
  public static Connection connect(DatabaseSettings settings) throws SQLException {
    return connect(settings.url());
  }

  private static Connection connect(String url) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source.getConnection(SERVER.user(), SERVER.password());
  }

  private static PostgresServer start() {
    try {
      Path home = Files.createTempDirectory(Path.of("target"), "postgres-");
      PostgresServer server = PostgresServer.start(PostgresSettings.in(home).notDurable());
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
