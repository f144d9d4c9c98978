package dev.alta.app.up;

import dev.alta.app.home.Parts;
import dev.alta.app.view.PipelineMeters;
import dev.alta.app.view.StoredDataAndRuns;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.Database;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.model.registry.Registry;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.log.LogSettings;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The scorer and the gateway, up and warm. */
final class Serving {
  private static final long LONGEST_WARM_UP_SECONDS = 60;

  private final Scorer scorer;
  private final Gateway gateway;

  private Serving(Scorer scorer, Gateway gateway) {
    this.scorer = scorer;
    this.gateway = gateway;
  }

  static Serving start(
      Contract contract,
      UpSettings settings,
      Registry registry,
      Database database,
      Database looking,
      Parts parts) {
    // One registry for both: in one process, /metrics shows the whole of it on either port.
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Scorer scorer =
        parts.start(
            () ->
                Scorer.start(
                    settings.scorer().withLog(LogSettings.in(settings.home().resolve("spool"))),
                    () -> registry,
                    database.inferenceLog()::append,
                    metrics));
    ManagedChannel channel = scorer.channel();
    parts.start(() -> channel::shutdownNow);
    awaitWarm(channel);
    parts.start(() -> PipelineMeters.start(looking::pipelineFigures, metrics));
    DataAndRuns data = new StoredDataAndRuns(contract, looking, () -> registry, System::nanoTime);
    Gateway gateway =
        parts.start(
            () ->
                Gateway.start(
                    settings.gateway().withLoadTests(settings.home().resolve("loadtest")),
                    channel,
                    Optional.of(data),
                    metrics,
                    contract));
    return new Serving(scorer, gateway);
  }

  private static void awaitWarm(ManagedChannel channel) {
    try {
      Iterator<HealthCheckResponse> states =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LONGEST_WARM_UP_SECONDS, TimeUnit.SECONDS)
              .watch(HealthCheckRequest.getDefaultInstance());
      while (states.hasNext()) {
        if (states.next().getStatus() == ServingStatus.SERVING) {
          return;
        }
      }
    } catch (StatusRuntimeException failed) {
      throw new CannotStartException(
          "scorer: no model loaded and warm within "
              + LONGEST_WARM_UP_SECONDS
              + " s ("
              + failed.getStatus().getCode()
              + "); the log says why",
          failed);
    }
  }

  String url() {
    return gateway.url();
  }

  int grpcPort() {
    return scorer.port();
  }

  int metricsPort() {
    return scorer.metricsPort();
  }

  String words() {
    return "model loaded, checked and warm";
  }
}
