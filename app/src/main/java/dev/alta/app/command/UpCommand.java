package dev.alta.app.command;

import dev.alta.app.up.Up;
import dev.alta.app.up.UpSettings;
import dev.alta.scorer.ScorerSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs all of Alta on this machine: database and object store, ingest, prepare, training,"
          + " scorer, gateway and page. A later start goes on with the data and the model that are"
          + " there. Beyond this machine, gateway and scorer ask for certificates and tokens. Stop"
          + " with Ctrl-C."
    },
    footer = {"", "Example: alta up --data encounters.csv.gz --home ./my-hospital"})
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE|URL",
      description =
          "Encounters as CSV or CSV.gz, here or s3://bucket/key, also a pattern such as"
              + " 'data/*.csv'; or an HTTP source (see alta source), of which the days that are new"
              + " are ingested. Without it: what is there from an earlier start, or else"
              + " synthetic encounters.")
  private @Nullable String data;

  @Option(
      names = "--max-rejects",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Share of the rows that may be rejected before it fails (${DEFAULT-VALUE}).")
  private double maxRejects;

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

  @Mixin private final HttpOptions http = new HttpOptions();
  @Mixin private final AdmitOptions admit = new AdmitOptions();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Override
  public Integer call() throws Exception {
    UpSettings settings = Alta.settings(spec, this::settings);
    return Up.run(settings, spec.commandLine().getOut(), Session.isInteractive());
  }

  private UpSettings settings() {
    return new UpSettings(
        storage.settings(),
        Optional.ofNullable(data),
        maxRejects,
        rows,
        seed,
        http.settings(admit),
        ScorerSettings.of(admit.listen(grpcPort), admit.listen(metricsPort))
            .withAdmit(admit.settings()));
  }
}
