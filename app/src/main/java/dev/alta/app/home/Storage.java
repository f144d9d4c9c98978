package dev.alta.app.home;

import dev.alta.core.life.CannotStartException;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the database and the bucket are. What is given by URL is used as it is. What is not is the
 * home's embedded part: that of the Alta that runs on the home, or else it is started here and runs
 * until this process ends. Looked for when it is first asked for; a command that asks for nothing
 * embedded starts nothing.
 *
 * <p>Whoever has the home starts both embedded parts, so that any other command finds there what it
 * needs.
 */
public final class Storage {
  private final StorageSettings settings;
  private final Parts parts;
  private @Nullable Embedded embedded;

  private Storage(StorageSettings settings, Parts parts) {
    this.settings = settings;
    // Of its own, so that what is started late still outlives all that uses it.
    this.parts = parts.start(Parts::new);
  }

  /** Starts the embedded parts that are needed, in a process that has the home's lock. */
  public static Storage start(StorageSettings settings, Parts parts) {
    Storage storage = new Storage(settings, parts);
    storage.embedded = inOneLine(() -> Embedded.start(settings, storage.parts));
    return storage;
  }

  /**
   * Starts nothing yet.
   *
   * @param parts gets what is started or taken later
   */
  public static Storage reach(StorageSettings settings, Parts parts) {
    return new Storage(settings, parts);
  }

  /**
   * Makes sure that there is a database, for commands that need data that are there.
   *
   * @throws CannotStartException in one line, if there is none
   */
  public static void requireDatabase(StorageSettings settings) {
    if (settings.database().isEmpty()
        && !Files.isDirectory(EmbeddedParts.postgres(settings.home()))) {
      throw new CannotStartException(
          "home: "
              + settings.home()
              + " has no database (expected: the --home of an earlier alta up or alta ingest, or"
              + " --database-url)");
    }
  }

  /**
   * Makes sure that there is a bucket, for commands that need models that are there.
   *
   * @throws CannotStartException in one line, if there is none
   */
  public static void requireStore(StorageSettings settings) {
    if (settings.store().isEmpty() && !Files.isDirectory(EmbeddedParts.objects(settings.home()))) {
      throw new CannotStartException(
          "home: "
              + settings.home()
              + " has no models (expected: the --home of an earlier alta up, or --store-url)");
    }
  }

  /**
   * The database; a new one is made where there is none. Where {@link #storeAlone} has started the
   * bucket, other commands find both from then on.
   *
   * @throws CannotStartException in one line, if it cannot be had
   */
  public synchronized DatabaseSettings database() {
    Optional<DatabaseSettings> given = settings.database();
    if (given.isEmpty() || embedded != null) {
      Embedded found = embedded();
      embedded = inOneLine(() -> found.whole(settings, parts));
    }
    return given.or(() -> embedded().offer().database()).orElseThrow(() -> elsewhere("database"));
  }

  /**
   * The bucket.
   *
   * @throws CannotStartException in one line, if it cannot be had
   */
  public StoreSettings store() {
    if (settings.store().isPresent()) {
      return settings.store().get();
    }
    return embedded().offer().store().orElseThrow(() -> elsewhere("store"));
  }

  /**
   * The bucket, for a command that may do without the database: where nothing runs on the home, no
   * database is started for it. Other commands then wait until this one ends.
   *
   * @throws CannotStartException in one line, if it cannot be had
   */
  public synchronized StoreSettings storeAlone() {
    if (embedded == null && settings.store().isEmpty()) {
      embedded = inOneLine(() -> Embedded.reachStore(settings, parts));
    }
    return store();
  }

  /** A command line that opens the database. */
  public String howToLookIn() {
    if (settings.database().isPresent()) {
      return "psql with the URL you gave";
    }
    URI url = URI.create(database().url().substring("jdbc:".length()));
    return "PGPASSWORD=$(cat "
        + EmbeddedParts.postgres(settings.home()).resolve("password")
        + ") psql -h "
        + url.getHost()
        + " -p "
        + url.getPort()
        + " -U "
        + database().user()
        + " "
        + url.getPath().substring(1);
  }

  /**
   * Waits until no other command uses the embedded parts that were started here, so that they can
   * be stopped.
   *
   * @param waiting called once, if one does
   */
  public synchronized void awaitGuests(Runnable waiting) {
    Embedded found = embedded;
    if (found != null) {
      inOneLine(() -> found.awaitGuests(settings.home(), parts, waiting));
    }
  }

  private synchronized Embedded embedded() {
    Embedded found = embedded;
    if (found == null) {
      found = inOneLine(() -> Embedded.reach(settings, parts));
      embedded = found;
    }
    return found;
  }

  private CannotStartException elsewhere(String what) {
    return new CannotStartException(
        "home: "
            + settings.home()
            + " is in use by process "
            + HomeLock.holder(settings.home())
            + ", whose "
            + what
            + " is not the embedded one (expected: --"
            + what
            + "-url, as given to that process)");
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /** The embedded parts say in one line what is wrong. */
  private static <T> T inOneLine(Work<T> work) {
    try {
      return work.run();
    } catch (IOException failed) {
      throw new CannotStartException(String.valueOf(failed.getMessage()), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotStartException("interrupted while starting", interrupted);
    }
  }
}
