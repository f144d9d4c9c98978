package dev.alta.database;

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

/** One server for all tests of this module, and an empty database for each of them. */
final class TestDatabase {
  private static final PostgresServer SERVER = start();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestDatabase() {}

  static DatabaseSettings empty() throws SQLException {
    String name = "test_" + NUMBER.incrementAndGet();
    DatabaseSettings first = new DatabaseSettings(SERVER.url(), SERVER.user(), SERVER.password());
    execute(first, "CREATE DATABASE " + name);
    return new DatabaseSettings(
        SERVER.url().replaceAll("/alta$", "/" + name), SERVER.user(), SERVER.password());
  }

  static void execute(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = Connections.source(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of a query, their columns joined by {@code |}. */
  static List<String> query(DatabaseSettings settings, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = Connections.source(settings).getConnection();
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
