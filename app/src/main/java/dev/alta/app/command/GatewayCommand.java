package dev.alta.app.command;

import dev.alta.app.home.Parts;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.model.Models;
import dev.alta.app.view.PipelineMeters;
import dev.alta.app.view.StoredDataAndRuns;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.channel.ScorerAddress;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Encounter;
import io.grpc.Channel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code alta gateway}. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the gateway alone: JSON and the page, before a scorer that may be elsewhere and may ask"
          + " who calls. Beyond this machine it asks for certificates and tokens itself. With"
          + " --database-url and --store-url it shows data and runs as well. Stop with Ctrl-C."
    },
    footer = {
      "",
      "Example: alta gateway --scorer scorer.example:8081 --scorer-tls-roots roots.crt"
          + " --scorer-token-file token"
    })
final class GatewayCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  // What calls through a load balancer asks again long before; who does not is cut off.
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

  @Spec private CommandSpec spec;

  @Mixin private final StorageOptions storage = new StorageOptions();
  @Mixin private final HttpOptions http = new HttpOptions();
  @Mixin private final AdmitOptions admit = new AdmitOptions();
  @Mixin private final ScorerOptions scorer = new ScorerOptions();

  @Override
  public Integer call() throws Exception {
    ScorerAddress address = Alta.settings(spec, scorer::address);
    GatewaySettings settings = Alta.settings(spec, () -> http.settings(admit));
    StorageSettings where = Alta.settings(spec, storage::settings);
    Alta.settings(spec, () -> requireBothOrNone(where));
    return new Session(spec, where, false)
        .run(
            (reached, parts, terminal) -> {
              CountDownLatch stopped = new CountDownLatch(1);
              parts.start(() -> stopped::countDown);
              PrometheusMeterRegistry metrics =
                  new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
              ScorerAddress.Open open = parts.start(() -> address.open(metrics));
              Channel channel = open.channel();
              Gateway gateway =
                  parts.start(
                      () ->
                          Gateway.start(
                              settings, channel, data(where, metrics, parts), metrics, CONTRACT));
              parts.start(() -> () -> gateway.sayFarewell(LONGEST_FAREWELL));
              terminal.line("Gateway at " + gateway.url() + ". Stop it with Ctrl-C.");
              stopped.await();
              return 0;
            });
  }

  /** Data and runs, where they are named; a database that is away keeps nothing from starting. */
  private static Optional<DataAndRuns> data(
      StorageSettings where, PrometheusMeterRegistry metrics, Parts parts) {
    if (where.database().isEmpty() || where.store().isEmpty()) {
      return Optional.empty();
    }
    DatabaseSettings database = where.database().get();
    StoreSettings store = where.store().get();
    Database looking = parts.start(() -> Database.look(database, CONTRACT));
    parts.start(() -> PipelineMeters.start(looking::pipelineFigures, metrics));
    return Optional.of(
        new StoredDataAndRuns(
            CONTRACT, looking, () -> Models.in(ObjectStore.open(store)), System::nanoTime));
  }

  private static StorageSettings requireBothOrNone(StorageSettings where) {
    if (where.database().isPresent() != where.store().isPresent()) {
      throw new IllegalArgumentException(
          (where.database().isPresent()
                  ? "database-url without store-url"
                  : "store-url without database-url")
              + " (expected: both, to show data and runs; or none)");
    }
    return where;
  }
}
