package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.life.Listen;
import dev.alta.database.Database;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import dev.alta.scorer.log.LogSettings;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class InferenceLogIT {
  private static final int PREDICTIONS = 300;
  private static final String WHAT_IF = "what-if";

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
        askWhatIf(scorer);
        predict(scorer);
        parts.stopDatabase();
        predict(scorer);
        while (metrics.get("inference.log.spool.depth").gauge().value() == 0) {
          Thread.onSpinWait();
        }
        parts.startDatabaseAgain();
        predict(scorer);
        // Stopping ends the drain, stored or not, and a busy machine takes its time to store.
        while (metrics.get("inference.log.written").counter().count() < 3 * PREDICTIONS) {
          Thread.onSpinWait();
        }
      }

      assertThat(parts.query("SELECT request_id FROM inference_log"))
          .hasSize(3 * PREDICTIONS)
          .doesNotHaveDuplicates()
          .doesNotContain(WHAT_IF, WHAT_IF + "-0");
      assertThat(metrics.get("predictions").counters().stream().mapToDouble(Counter::count).sum())
          .isEqualTo(3 * PREDICTIONS);
      assertThat(metrics.get("inference.log.dropped").counters())
          .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }
  }

  private static void predict(Scorer scorer) {
    PredictRequest request =
        PredictRequest.newBuilder().setEncounter(Encounters.withInpatientStays(1)).build();
    ask(
        scorer,
        client -> {
          for (int i = 0; i < PREDICTIONS; i++) {
            assertThat(client.predict(request).getPrediction()).isNotEmpty();
          }
        });
  }

  /** Answered like any other, and then forgotten. */
  private static void askWhatIf(Scorer scorer) {
    PredictRequest one =
        PredictRequest.newBuilder()
            .setEncounter(Encounters.withInpatientStays(1))
            .setRequestId(WHAT_IF)
            .setHypothetical(true)
            .build();
    PredictBatchRequest several =
        PredictBatchRequest.newBuilder()
            .addEncounters(one.getEncounter())
            .setRequestId(WHAT_IF)
            .setHypothetical(true)
            .build();
    ask(
        scorer,
        client -> {
          assertThat(client.predict(one).getPrediction()).isNotEmpty();
          assertThat(client.explain(one).getExplanationsList()).isNotEmpty();
          assertThat(client.predictBatch(several).getItems(0).hasPrediction()).isTrue();
        });
  }

  private static void ask(Scorer scorer, Consumer<ReadmissionServiceBlockingStub> questions) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
    try {
      Serving.await(channel);
      questions.accept(ReadmissionServiceGrpc.newBlockingStub(channel));
    } finally {
      channel.shutdownNow();
    }
  }
}
