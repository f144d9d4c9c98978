package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.life.Listen;
import dev.alta.database.Database;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import dev.alta.scorer.log.LogSettings;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class InferenceLogIT {
  private static final int PREDICTIONS = 300;

  @TempDir Path folder;

  @Test
  void bringsEveryPredictionIntoTheDatabaseAlsoThoseAnsweredWhileItIsAway() throws Exception {
    try (TestParts parts = TestParts.start(folder);
        ObjectStore store = ObjectStore.open(parts.bucket());
        Database database = Database.attach(parts.database(), Encounters.CONTRACT)) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      try (Scorer scorer =
          Scorer.start(
              ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0))
                  .withLog(LogSettings.in(folder.resolve("spool"))),
              () -> registry,
              database.inferenceLog()::append,
              metrics)) {
        predict(scorer);
        parts.stopDatabase();
        predict(scorer);
        assertThat(metrics.get("inference.log.spool.depth").gauge().value()).isPositive();
        parts.startDatabaseAgain();
        predict(scorer);
        // Stopping ends the drain, stored or not, and a busy machine takes its time to store.
        while (metrics.get("inference.log.written").counter().count() < 3 * PREDICTIONS) {
          Thread.onSpinWait();
        }
      }

      assertThat(parts.query("SELECT request_id FROM inference_log"))
          .hasSize(3 * PREDICTIONS)
          .doesNotHaveDuplicates();
      assertThat(metrics.get("inference.log.dropped").counters())
          .allSatisfy(counter -> assertThat(counter.count()).isZero());
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
