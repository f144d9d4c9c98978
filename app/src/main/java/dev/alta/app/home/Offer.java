package dev.alta.app.home;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.OwnerOnly;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The embedded parts that run in the process that has the home, for other commands to use: kept in
 * the home's file {@code running}, readable by its owner only. What stands there is good only as
 * long as the process named in it has the home's lock.
 *
 * @param pid the process
 * @param database empty if the process uses one that was given by URL
 * @param store likewise
 */
record Offer(String pid, Optional<DatabaseSettings> database, Optional<StoreSettings> store) {
  static Offer ofThisProcess(Optional<DatabaseSettings> database, Optional<StoreSettings> store) {
    return new Offer(Long.toString(ProcessHandle.current().pid()), database, store);
  }

  /** Says it to others. */
  void make(Path home) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("pid", pid);
    database.ifPresent(
        d -> {
          properties.setProperty("database-url", d.url());
          properties.setProperty("database-user", d.user());
          properties.setProperty("database-password", d.password());
        });
    store.ifPresent(
        s -> {
          properties.setProperty("store-url", s.url());
          properties.setProperty("store-access-key", s.accessKey());
          properties.setProperty("store-secret-key", s.secretKey());
          properties.setProperty("store-bucket", s.bucket());
        });
    StringWriter text = new StringWriter();
    properties.store(text, null);
    OwnerOnly.write(file(home), text.toString());
  }

  /** Takes it back; nothing happens where there is none. */
  static void withdraw(Path home) throws IOException {
    Files.deleteIfExists(file(home));
  }

  /** That of the process that has the home now; empty if it has made none, or not yet. */
  static Optional<Offer> find(Path home) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file(home))) {
      properties.load(reader);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(of(properties)).filter(offer -> offer.pid.equals(HomeLock.holder(home)));
  }

  private static Offer of(Properties properties) {
    return new Offer(
        properties.getProperty("pid", ""),
        Optional.ofNullable(properties.getProperty("database-url"))
            .map(
                url ->
                    new DatabaseSettings(
                        url,
                        properties.getProperty("database-user", ""),
                        properties.getProperty("database-password", ""))),
        Optional.ofNullable(properties.getProperty("store-url"))
            .map(
                url ->
                    new StoreSettings(
                        url,
                        properties.getProperty("store-access-key", ""),
                        properties.getProperty("store-secret-key", ""),
                        properties.getProperty("store-bucket", ""))));
  }

  private static Path file(Path home) {
    return home.resolve("running");
  }
}
