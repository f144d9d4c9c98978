package dev.alta.app.command;

import dev.alta.app.up.Up;
import dev.alta.app.up.UpSettings;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs all of Alta on this machine: database and object store, ingest, prepare, training,"
          + " scorer, gateway and page. A later start goes on with the data and the model that are"
          + " there. Stop with Ctrl-C."
    },
    footer = {"", "Example: alta up --data encounters.csv.gz --home ./my-hospital"})
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE|URL",
      description =
          "Encounters as CSV or CSV.gz, or an HTTP source (see alta source), of which the days that"
              + " are new are ingested. Without it: what is there from an earlier start, or else"
              + " synthetic encounters.")
  private @Nullable String data;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".alta",
      description = "Folder for all that is kept (${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "30000",
      description = "How many synthetic encounters to make (${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the synthetic encounters, the split and the training (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Of the page and JSON (${DEFAULT-VALUE}); 0 for any free one.")
  private int httpPort;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Of the scorer (${DEFAULT-VALUE}).")
  private int grpcPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "8082",
      description = "Of the scorer's metrics (${DEFAULT-VALUE}).")
  private int metricsPort;

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

  @Override
  public Integer call() throws Exception {
    // Said by the start script, which can tell; a JVM cannot tell on all versions.
    boolean interactive = Boolean.getBoolean("alta.terminal");
    return Up.run(settings(), spec.commandLine().getOut(), interactive);
  }

  /** A setting that cannot be is wrong usage, whoever finds that out. */
  private UpSettings settings() {
    try {
      return readSettings();
    } catch (IllegalArgumentException | CannotStartException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private UpSettings readSettings() {
    return new UpSettings(
        home.toAbsolutePath().normalize(),
        Optional.ofNullable(data),
        rows,
        seed,
        Optional.ofNullable(databaseUrl)
            .map(url -> DatabaseSettings.of(url, databaseUser, databasePassword)),
        Optional.ofNullable(storeUrl)
            .map(url -> new StoreSettings(url, storeAccessKey, storeSecretKey, storeBucket)),
        Listen.onLoopback(httpPort),
        Listen.onLoopback(grpcPort),
        Listen.onLoopback(metricsPort));
  }
}
