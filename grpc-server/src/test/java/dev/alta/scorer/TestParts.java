package dev.alta.scorer;

import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** A real database, and a real bucket with a model that the champion points to. */
final class TestParts implements AutoCloseable {
  private final PostgresSettings postgresSettings;
  private PostgresServer postgres;
  private final S3Endpoint endpoint;

  private TestParts(Path folder) throws IOException {
    endpoint = S3Endpoint.start(folder.resolve("store"));
    postgresSettings = PostgresSettings.in(folder.resolve("postgres")).notDurable();
    postgres = PostgresServer.start(postgresSettings);
    try (ObjectStore store = ObjectStore.open(bucket())) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      registry.publish(SmallModels.publication(1));
      registry.setAlias("champion", 1, Optional.empty(), "first");
    }
    Database.open(database(), Encounters.CONTRACT).close();
  }

  static TestParts start(Path folder) throws IOException {
    return new TestParts(folder);
  }

  StoreSettings bucket() {
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models");
  }

  DatabaseSettings database() {
    return new DatabaseSettings(postgres.url(), postgres.user(), postgres.password());
  }

  void stopDatabase() {
    postgres.close();
  }

  void startDatabaseAgain() throws IOException {
    postgres = PostgresServer.start(postgresSettings.onPort(postgres.port()));
  }

  /** The first column of a query's rows. */
  List<String> query(String sql) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(postgres.url());
    source.setUser(postgres.user());
    source.setPassword(postgres.password());
    List<String> rows = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    postgres.close();
    endpoint.close();
  }
}
