package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.serve.Serve;
import dev.alta.scorer.ScorerSettings;
import dev.alta.scorer.log.LogSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the scorer alone: gRPC and its metrics. It follows the alias: a new champion answers a"
          + " few seconds after its promotion. Beyond this machine it asks for certificates and"
          + " tokens. Stop with Ctrl-C."
    },
    footer = {
      "",
      "Example: alta serve --host 0.0.0.0 --tls-cert scorer.crt --tls-key scorer.key \\",
      "           --token-file tokens --store-url http://minio:9000 --log off"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Of gRPC (${DEFAULT-VALUE}); 0 for any free one.")
  private int grpcPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "8082",
      description = "Of the metrics (${DEFAULT-VALUE}).")
  private int metricsPort;

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      defaultValue = "champion",
      description = "Whose model answers (${DEFAULT-VALUE}).")
  private String alias;

  @Option(
      names = "--watch-seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often to look whether the alias was set anew (${DEFAULT-VALUE}).")
  private int watchSeconds;

  @Option(names = "--reflection", description = "Tell the gRPC methods beyond this machine, too.")
  private boolean reflection;

  @Mixin private final LogOptions log = new LogOptions();
  @Mixin private final AdmitOptions admit = new AdmitOptions();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    ScorerSettings settings = Alta.settings(spec, () -> settings(where));
    return new Session(spec, where, false)
        .onModels((reached, parts, terminal) -> Serve.run(settings, reached, parts, terminal));
  }

  private ScorerSettings settings(StorageSettings where) {
    // The scorer itself says whether these settings suffice for the address.
    ScorerSettings settings =
        ScorerSettings.of(admit.listen(grpcPort), admit.listen(metricsPort))
            .withAlias(alias)
            .withWatchEvery(Duration.ofSeconds(watchSeconds))
            .withAdmit(admit.settings())
            .withReflection(reflection);
    settings.requireProtected();
    Optional<LogSettings> logging = log.settings(where.home());
    return logging.isPresent() ? settings.withLog(logging.get()) : settings;
  }
}
