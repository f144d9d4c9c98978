package dev.alta.app.serve;

import dev.alta.app.command.SmallModel;
import dev.alta.core.life.Listen;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A bucket with a small champion, version 1, beside a version 2. */
final class ServedModel implements AutoCloseable {
  private final S3Endpoint endpoint;
  private final ObjectStore store;
  private final Registry registry;

  private ServedModel(Path folder) throws Exception {
    endpoint = S3Endpoint.start(folder.resolve("store"));
    store = ObjectStore.open(bucket());
    registry = new Registry(store, "readmission", Clock.systemUTC());
    registry.publish(SmallModel.publication(0.7));
    registry.publish(SmallModel.publication(0.6));
    registry.setAlias("champion", 1, Optional.empty(), "first");
  }

  static ServedModel in(Path folder) throws Exception {
    return new ServedModel(folder);
  }

  StoreSettings bucket() {
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models");
  }

  /** A scorer of it, in this process. */
  Scorer scorer(PrometheusMeterRegistry metrics) {
    return scorer("champion", metrics);
  }

  /** The same, but it follows another alias; one that is not set leaves it without a model. */
  Scorer scorer(String alias, PrometheusMeterRegistry metrics) {
    ScorerSettings settings =
        ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0)).withAlias(alias);
    return Scorer.start(settings, () -> registry, null, metrics);
  }

  /** Waits until a scorer has its model. */
  static void awaitServing(Channel channel) {
    var states = HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
    while (states.next().getStatus() != ServingStatus.SERVING) {
      // The next state comes when there is one.
    }
  }

  @Override
  public void close() {
    store.close();
    endpoint.close();
  }
}
