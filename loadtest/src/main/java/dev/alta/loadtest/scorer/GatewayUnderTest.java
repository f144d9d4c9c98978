package dev.alta.loadtest.scorer;

import dev.alta.core.life.Listen;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.channel.ScorerAddress;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import dev.alta.scorer.log.LogSettings;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * A scorer that logs, and two gateways before it, in one process: one asks it there, as in {@code
 * alta up}, the other over the loopback address. Arguments: where the bucket is and who asks, where
 * the database is and who asks, the log's folder, the ports of gRPC and of the second gateway.
 */
final class GatewayUnderTest {
  private GatewayUnderTest() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = System.getenv();
    StoreSettings bucket =
        new StoreSettings(
            arguments[0],
            arguments[1],
            environment.getOrDefault(ScorerUnderTest.STORE_KEY, ""),
            ScorerUnderTest.BUCKET);
    DatabaseSettings url =
        new DatabaseSettings(
            arguments[2],
            arguments[3],
            environment.getOrDefault(ScorerUnderTest.DATABASE_PASSWORD, ""));
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ScorerSettings settings =
        ScorerSettings.of(Listen.onLoopback(Integer.parseInt(arguments[5])), Listen.onLoopback(0))
            .withLog(LogSettings.in(Path.of(arguments[4])));
    try (Database database = Database.attach(url, BenchRows.CONTRACT);
        ObjectStore store = ObjectStore.open(bucket);
        Scorer scorer =
            Scorer.start(
                settings,
                () -> new Registry(store, "readmission", Clock.systemUTC()),
                database.inferenceLog()::append,
                metrics);
        ScorerAddress.Open loopback = ScorerAddress.onLoopback(scorer.port()).open(metrics)) {
      ManagedChannel inProcess = scorer.channel();
      Servers.awaitServing(inProcess);
      try (Gateway gateway = gateway(0, inProcess, metrics);
          Gateway overLoopback =
              gateway(Integer.parseInt(arguments[6]), loopback.channel(), metrics)) {
        System.out.println("over loopback at " + overLoopback.url());
        Commands.serve(gateway.port());
      }
      inProcess.shutdownNow();
    }
  }

  private static Gateway gateway(int port, Channel scorer, PrometheusMeterRegistry metrics) {
    return Gateway.start(
        GatewaySettings.of(Listen.onLoopback(port)),
        scorer,
        Optional.empty(),
        metrics,
        BenchRows.CONTRACT);
  }
}
