package dev.alta.scorer;

import static dev.alta.scorer.RunningScorer.code;
import static dev.alta.scorer.RunningScorer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ScorerIT {
  @TempDir static Path folder;

  private static RunningScorer scorer;

  @BeforeAll
  static void start() throws Exception {
    scorer = RunningScorer.start(folder);
  }

  @AfterAll
  static void stop() {
    scorer.close();
  }

  @Test
  void isUnavailableUntilThereIsAChampionAndThenServes() throws Exception {
    try (ObjectStore empty = scorer.open("empty")) {
      Registry later = new Registry(empty, "readmission", Clock.systemUTC());
      Scorer waiting =
          Scorer.start(RunningScorer.ANY_PORTS, () -> later, null, RunningScorer.metrics());
      ManagedChannel toWaiting = RunningScorer.channelTo(waiting);
      ReadmissionServiceBlockingStub stub = ReadmissionServiceGrpc.newBlockingStub(toWaiting);

      assertThat(health(toWaiting)).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(probe(waiting, "/health")).isEqualTo(200);
      assertThat(probe(waiting, "/ready")).isEqualTo(503);
      assertThat(code(() -> stub.predict(request(Encounters.withInpatientStays(0)))))
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(code(() -> stub.getModel(GetModelRequest.getDefaultInstance())))
          .isEqualTo(Status.Code.UNAVAILABLE);

      later.publish(SmallModels.publication(1));
      later.setAlias("champion", 1, Optional.empty(), "first");
      Serving.await(toWaiting);
      assertThat(health(toWaiting)).isEqualTo(ServingStatus.SERVING);
      assertThat(probe(waiting, "/ready")).isEqualTo(200);

      assertThat(stub.predict(request(Encounters.withInpatientStays(0))).getModelVersion())
          .isEqualTo("1");
      toWaiting.shutdownNow();
      waiting.close();
    }
  }

  @Test
  void showsTheMetricsThatDashboardsAskFor() throws Exception {
    scorer.predict(Encounters.withInpatientStays(0));
    assertThat(code(() -> scorer.client().predict(PredictRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);

    String shown = scorer.scrape();

    assertThat(shown)
        .contains("predict_requests_total{method=\"Predict\",status=\"OK\"}")
        .contains("predict_requests_total{method=\"Predict\",status=\"INVALID_ARGUMENT\"}")
        .contains("predict_latency_seconds_sum{method=\"Predict\"}")
        .contains("predict_latency_seconds_count{method=\"Predict\"}")
        .contains("predict_latency_seconds_bucket{method=\"Predict\",le=\"0.001\"}")
        .contains("predictions_total{class=\"NO\"}")
        .contains("predict_violations_total{field=\"age\"}")
        .contains("model_loaded 1")
        .contains("process_resident_memory_bytes ")
        .contains("process_cpu_seconds_total ")
        .contains("jvm_memory_used_bytes");
    assertThat(shown).containsPattern("model_in_use\\{alias=\"[a-z]*\",version=\"[0-9]+\"\\} 1");
  }

  @Test
  void saysWhichPortIsTaken() {
    ScorerSettings sameGrpc =
        ScorerSettings.of(Listen.onLoopback(scorer.scorer().port()), Listen.onLoopback(0));
    ScorerSettings sameMetrics =
        ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(scorer.scorer().metricsPort()));

    assertThatThrownBy(
            () -> Scorer.start(sameGrpc, () -> scorer.registry(), null, RunningScorer.metrics()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("gRPC port " + scorer.scorer().port());
    assertThatThrownBy(
            () -> Scorer.start(sameMetrics, () -> scorer.registry(), null, RunningScorer.metrics()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("metrics port " + scorer.scorer().metricsPort());
  }

  private static int probe(Scorer scorer, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + scorer.metricsPort() + path);
    return ((HttpURLConnection) uri.toURL().openConnection()).getResponseCode();
  }

  private static ServingStatus health(ManagedChannel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }
}
