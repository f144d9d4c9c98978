package dev.alta.app.up;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Where the database and the bucket are: those given by URL, or else embedded ones, started here
 * and from then on reached by URL like any other.
 *
 * @param howToLookIn a command line that opens the database
 */
record Storage(DatabaseSettings database, StoreSettings store, String howToLookIn) {
  private static final String BUCKET = "alta";

  static Storage open(UpSettings settings, Parts parts) throws IOException, InterruptedException {
    // Each takes a second or two, mostly waiting.
    FutureTask<StoreSettings> store = new FutureTask<>(() -> store(settings, parts));
    Thread starting = new Thread(store, "object-store-start");
    starting.start();
    DatabaseSettings database = settings.database().orElse(null);
    String howToLookIn = "psql with the URL you gave";
    if (database == null) {
      Path folder = settings.home().resolve("postgres");
      PostgresServer server = parts.start(() -> PostgresServer.start(folder));
      database = new DatabaseSettings(server.url(), server.user(), server.password());
      howToLookIn =
          "PGPASSWORD=$(cat "
              + folder.resolve("password")
              + ") psql -h 127.0.0.1 -p "
              + server.port()
              + " -U "
              + server.user()
              + " alta";
    }
    return new Storage(database, result(store), howToLookIn);
  }

  String words() {
    return database.url() + ", " + store;
  }

  private static StoreSettings store(UpSettings settings, Parts parts) throws IOException {
    if (settings.store().isPresent()) {
      return settings.store().get();
    }
    S3Endpoint endpoint = parts.start(() -> S3Endpoint.start(settings.home().resolve("objects")));
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), BUCKET);
  }

  private static StoreSettings result(FutureTask<StoreSettings> task)
      throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(failed.getCause());
    }
  }
}
