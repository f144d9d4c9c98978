package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.ScorerAddress;
import dev.alta.proto.v1.Encounter;
import io.grpc.ManagedChannel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta gateway}. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the gateway alone: JSON and the page, on this machine only, before a scorer that may be"
          + " elsewhere and may ask who calls. Stop with Ctrl-C."
    },
    footer = {
      "",
      "Example: alta gateway --scorer scorer.example:8081 --scorer-tls-roots roots.crt"
          + " --scorer-token-file token"
    })
final class GatewayCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Of the page and JSON (${DEFAULT-VALUE}); 0 for any free one.")
  private int httpPort;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".alta",
      description = "Folder for its log (${DEFAULT-VALUE}).")
  private Path home;

  @Mixin private final ScorerOptions scorer = new ScorerOptions();

  @Override
  public Integer call() throws Exception {
    ScorerAddress address = Alta.settings(spec, scorer::address);
    GatewaySettings settings =
        Alta.settings(spec, () -> GatewaySettings.of(Listen.onLoopback(httpPort)));
    return new Session(spec, StorageSettings.in(home), false)
        .run(
            (storage, parts, terminal) -> {
              CountDownLatch stopped = new CountDownLatch(1);
              parts.start(() -> stopped::countDown);
              ManagedChannel channel = address.open();
              parts.start(() -> channel::shutdownNow);
              PrometheusMeterRegistry metrics =
                  new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
              Gateway gateway =
                  parts.start(() -> Gateway.start(settings, channel, metrics, CONTRACT));
              terminal.line("Gateway at " + gateway.url() + ". Stop it with Ctrl-C.");
              stopped.await();
              return 0;
            });
  }
}
