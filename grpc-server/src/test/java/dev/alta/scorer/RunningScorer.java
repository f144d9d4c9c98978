package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.alta.core.life.Listen;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.ModelAdminServiceGrpc.ModelAdminServiceBlockingStub;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import dev.alta.scorer.log.LogSettings;
import dev.alta.scorer.log.LogSink;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scorer that serves over the network, on a bucket with versions 1 (champion) and 2 of {@link
 * SmallModels}, and clients for it.
 */
final class RunningScorer implements AutoCloseable {
  static final ScorerSettings ANY_PORTS =
      ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0));

  private final S3Endpoint endpoint;
  private final ObjectStore store;
  private final Registry registry;
  private final Scorer scorer;
  private final ManagedChannel channel;
  private boolean stopped;

  private RunningScorer(Path folder, ScorerSettings settings, @Nullable LogSink sink)
      throws Exception {
    endpoint = S3Endpoint.start(folder.resolve("store"));
    store = open("models");
    registry = new Registry(store, "readmission", Clock.systemUTC());
    registry.publish(SmallModels.publication(1));
    registry.publish(SmallModels.publication(2));
    registry.setAlias("champion", 1, Optional.empty(), "first");
    // It follows no alias by itself while a test sets some.
    scorer =
        Scorer.start(settings.withWatchEvery(Duration.ofHours(1)), () -> registry, sink, metrics());
    channel = channelTo(scorer);
    Serving.await(channel);
  }

  static RunningScorer start(Path folder) throws Exception {
    return new RunningScorer(folder, ANY_PORTS, null);
  }

  static RunningScorer start(Path folder, ScorerSettings settings) throws Exception {
    return new RunningScorer(folder, settings, null);
  }

  /** One that logs its predictions. */
  static RunningScorer start(Path folder, LogSettings log, LogSink sink) throws Exception {
    return new RunningScorer(folder, ANY_PORTS.withLog(log), sink);
  }

  ObjectStore open(String bucket) {
    return ObjectStore.open(
        new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), bucket));
  }

  static PrometheusMeterRegistry metrics() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  static ManagedChannel channelTo(Scorer scorer) {
    return NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
  }

  Scorer scorer() {
    return scorer;
  }

  Registry registry() {
    return registry;
  }

  ManagedChannel channel() {
    return channel;
  }

  ReadmissionServiceBlockingStub client() {
    return ReadmissionServiceGrpc.newBlockingStub(channel);
  }

  ModelAdminServiceBlockingStub admin() {
    return ModelAdminServiceGrpc.newBlockingStub(channel);
  }

  static PredictRequest request(Encounter encounter) {
    return PredictRequest.newBuilder().setEncounter(encounter).build();
  }

  PredictResponse predict(Encounter encounter) {
    return client().predict(request(encounter));
  }

  LoadModelResponse load(String model) {
    return admin().loadModel(LoadModelRequest.newBuilder().setModel(model).build());
  }

  String version() {
    return client().getModel(GetModelRequest.getDefaultInstance()).getManifest().getVersion();
  }

  /** What the metrics port shows. */
  String scrape() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + scorer.metricsPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  /** The status that a call must end in, as it is not OK. */
  static Status status(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus();
  }

  /** Its code. */
  static Status.Code code(Runnable call) {
    return status(call).getCode();
  }

  /** The violations that a call must end in. */
  static List<BadRequest.FieldViolation> refused(Runnable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(failure.getStatus().getCode())
        .as(failure.getMessage())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    assertThat(status).isNotNull();
    return violations(status);
  }

  /** The violations in the details of a status. */
  static List<BadRequest.FieldViolation> violations(com.google.rpc.Status status) {
    try {
      Any details = status.getDetails(0);
      return details.unpack(BadRequest.class).getFieldViolationsList();
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Stops the scorer; the clients stay. */
  void stop() {
    stopped = true;
    scorer.close();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    if (!stopped) {
      scorer.close();
    }
    store.close();
    endpoint.close();
  }
}
