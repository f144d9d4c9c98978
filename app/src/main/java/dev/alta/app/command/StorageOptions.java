package dev.alta.app.command;

import dev.alta.app.home.LogFormat;
import dev.alta.app.home.LogPlace;
import dev.alta.app.home.StorageSettings;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where data are kept: the options of every command that works on them. */
final class StorageOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".alta",
      description = "Folder for all that is kept (${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "PostgreSQL to use in place of the embedded one:"
              + " jdbc:postgresql://host:port/database or"
              + " postgresql://user:password@host:port/database.")
  private @Nullable String databaseUrl;

  @Option(
      names = "--database-user",
      paramLabel = "NAME",
      defaultValue = "alta",
      description = "Whom to log in as (${DEFAULT-VALUE}).")
  private String databaseUser;

  @Option(
      names = "--database-password",
      paramLabel = "SECRET",
      defaultValue = "",
      description = "Better given as ALTA_DATABASE_PASSWORD: other users see arguments.")
  private String databasePassword;

  @Option(
      names = "--store-url",
      paramLabel = "URL",
      description = "S3 endpoint to use in place of the embedded one: http://host:port.")
  private @Nullable String storeUrl;

  @Option(
      names = "--store-access-key",
      defaultValue = "",
      paramLabel = "KEY",
      description = "Whom the object store knows you as.")
  private String storeAccessKey;

  @Option(
      names = "--store-secret-key",
      defaultValue = "",
      paramLabel = "KEY",
      description = "Better given as ALTA_STORE_SECRET_KEY.")
  private String storeSecretKey;

  @Option(
      names = "--store-bucket",
      paramLabel = "NAME",
      defaultValue = "alta",
      description = "Made if it is not there (${DEFAULT-VALUE}).")
  private String storeBucket;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How the log is written: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Format logFormat;

  @Option(
      names = "--log-to",
      paramLabel = "file|console",
      defaultValue = "file",
      description =
          "Where the log is written: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}: in the home;"
              + " console: the error stream, as containers are logged).")
  private Place logTo;

  /** As people write it. */
  private enum Format {
    text,
    json
  }

  /** As people write it. */
  private enum Place {
    file,
    console
  }

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if a URL, bucket or key cannot be
   */
  StorageSettings settings() {
    return new StorageSettings(
        home,
        Optional.ofNullable(databaseUrl)
            .map(url -> DatabaseSettings.of(url, databaseUser, databasePassword)),
        Optional.ofNullable(storeUrl)
            .map(url -> new StoreSettings(url, storeAccessKey, storeSecretKey, storeBucket)),
        logFormat == Format.json ? LogFormat.JSON : LogFormat.TEXT,
        logTo == Place.console ? LogPlace.CONSOLE : LogPlace.FILE);
  }
}
