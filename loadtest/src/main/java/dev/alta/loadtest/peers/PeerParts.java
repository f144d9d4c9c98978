package dev.alta.loadtest.peers;

import com.google.gson.JsonObject;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Starts the bucket of an {@code alta up} that does not run, and an empty database; writes what the
 * peers need; waits until its input ends.
 */
public final class PeerParts {
  private static final String BUCKET = "alta";

  private PeerParts() {}

  /** Arguments: home of the alta up, folder for the files, number of rows. */
  public static void main(String[] arguments) throws IOException {
    Path objects = Path.of(arguments[0]).resolve("objects");
    Path folder = Path.of(arguments[1]);
    int rows = Integer.parseInt(arguments[2]);
    if (!Files.isDirectory(objects.resolve(BUCKET))) {
      System.err.println(objects + ": no models (expected: the home of an alta up that has run)");
      System.exit(2);
    }
    S3Endpoint endpoint = S3Endpoint.start(objects);
    PostgresServer postgres = PostgresServer.start(PostgresSettings.in(folder.resolve("postgres")));
    // Also where this process is told to stop: the database is a process of its own.
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    try {
      DatabaseSettings database =
          new DatabaseSettings(postgres.url(), postgres.user(), postgres.password());
      Database.open(database, BenchRows.CONTRACT).close();
      write(endpoint, folder, rows);
      Files.writeString(folder.resolve("parts.json"), reached(endpoint, database).toString());
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    } finally {
      postgres.close();
      endpoint.close();
    }
  }

  private static void write(S3Endpoint endpoint, Path folder, int rows) throws IOException {
    StoreSettings settings =
        new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), BUCKET);
    try (ObjectStore store = ObjectStore.open(settings)) {
      PeerFiles.write(
          new Registry(store, "readmission", Clock.systemUTC()), folder, BenchRows.generate(rows));
    }
  }

  private static JsonObject reached(S3Endpoint endpoint, DatabaseSettings database) {
    JsonObject parts = new JsonObject();
    parts.addProperty("store_url", endpoint.url());
    parts.addProperty("store_access_key", endpoint.accessKey());
    parts.addProperty("store_secret_key", endpoint.secretKey());
    parts.addProperty("database_url", database.url());
    parts.addProperty("database_user", database.user());
    parts.addProperty("database_password", database.password());
    return parts;
  }
}
