package dev.alta.app.home;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts PostgreSQL and the S3 endpoint of a home in this process, which must have its lock. */
final class EmbeddedParts {
  private static final String BUCKET = "alta";

  private EmbeddedParts() {}

  /** Starts those that were not given by URL, and lets other commands use them. */
  static Offer start(StorageSettings settings, Parts parts)
      throws IOException, InterruptedException {
    // Each takes a second or two, mostly waiting.
    FutureTask<Optional<StoreSettings>> store = new FutureTask<>(() -> store(settings, parts));
    Thread starting = new Thread(store, "object-store-start");
    starting.start();
    Optional<DatabaseSettings> database = database(settings, parts);
    return offered(settings, parts, Offer.ofThisProcess(database, result(store)));
  }

  /** Starts the S3 endpoint only; no other command is told of it. */
  static Offer startStore(StorageSettings settings, Parts parts) throws IOException {
    return Offer.ofThisProcess(Optional.empty(), store(settings, parts));
  }

  /** Starts PostgreSQL beside what {@link #startStore} has started, and lets others use both. */
  static Offer addDatabase(StorageSettings settings, Parts parts, Offer store) throws IOException {
    return offered(settings, parts, Offer.ofThisProcess(database(settings, parts), store.store()));
  }

  /** Where the embedded bucket is. */
  static Path objects(Path home) {
    return home.resolve("objects");
  }

  /** Where the embedded database is. */
  static Path postgres(Path home) {
    return home.resolve("postgres");
  }

  private static Offer offered(StorageSettings settings, Parts parts, Offer offer)
      throws IOException {
    offer.make(settings.home());
    parts.start(() -> () -> Offer.withdraw(settings.home())); // the first thing to go
    return offer;
  }

  private static Optional<DatabaseSettings> database(StorageSettings settings, Parts parts)
      throws IOException {
    if (settings.database().isPresent()) {
      return Optional.empty();
    }
    PostgresServer server = parts.start(() -> PostgresServer.start(postgres(settings.home())));
    return Optional.of(new DatabaseSettings(server.url(), server.user(), server.password()));
  }

  private static Optional<StoreSettings> store(StorageSettings settings, Parts parts)
      throws IOException {
    if (settings.store().isPresent()) {
      return Optional.empty();
    }
    S3Endpoint endpoint = parts.start(() -> S3Endpoint.start(objects(settings.home())));
    return Optional.of(
        new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), BUCKET));
  }

  private static <T> T result(FutureTask<T> task) throws IOException, InterruptedException {
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
