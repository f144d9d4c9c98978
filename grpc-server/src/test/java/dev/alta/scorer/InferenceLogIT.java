package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.life.Listen;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class InferenceLogIT {
  private static final int PREDICTIONS = 2_500;

  @TempDir Path folder;

  @Test
  void bringsEveryPredictionIntoTheDatabase() throws Exception {
    try (PostgresServer postgres =
            PostgresServer.start(PostgresSettings.in(folder.resolve("postgres")).notDurable());
        S3Endpoint endpoint = S3Endpoint.start(folder.resolve("store"));
        ObjectStore store =
            ObjectStore.open(
                new StoreSettings(
                    endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models"));
        Database database =
            Database.open(
                new DatabaseSettings(postgres.url(), postgres.user(), postgres.password()),
                Encounters.CONTRACT)) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      registry.publish(SmallModels.publication(1));
      registry.setAlias("champion", 1, Optional.empty(), "first");

      try (Scorer scorer =
          Scorer.start(
              ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0)),
              () -> registry,
              database.inferenceLog()::append,
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
        predict(scorer);
      }

      assertThat(database.inferenceLog().count()).isEqualTo(PREDICTIONS);
    }
  }

  private static void predict(Scorer scorer) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
    try {
      ReadmissionServiceBlockingStub client = ReadmissionServiceGrpc.newBlockingStub(channel);
      Serving.await(channel);
      PredictRequest request =
          PredictRequest.newBuilder().setEncounter(Encounters.withInpatientStays(1)).build();
      for (int i = 0; i < PREDICTIONS; i++) {
        assertThat(client.predict(request).getPrediction()).isNotEmpty();
      }
    } finally {
      channel.shutdownNow();
    }
  }
}
