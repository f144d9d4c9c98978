package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Any;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.BadRequest;
import dev.alta.core.contract.Column;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import dev.alta.proto.v1.Risk;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ScorerIT {
  private static final ScorerSettings ANY_PORTS =
      ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0));
  private static final MethodDescriptor<byte[], PredictResponse> RAW_PREDICT =
      ReadmissionServiceGrpc.getPredictMethod().toBuilder(
              new Bytes(), ReadmissionServiceGrpc.getPredictMethod().getResponseMarshaller())
          .build();

  @TempDir static Path folder;

  private static S3Endpoint endpoint;
  private static ObjectStore store;
  private static Registry registry;
  private static Scorer scorer;
  private static ManagedChannel channel;
  private static ReadmissionServiceBlockingStub client;

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(folder.resolve("store"));
    store = open("models");
    registry = new Registry(store, "readmission", Clock.systemUTC());
    registry.publish(SmallModels.publication(1));
    registry.publish(SmallModels.publication(2));
    registry.setAlias("champion", 1, Optional.empty(), "first");
    scorer = Scorer.start(ANY_PORTS, () -> registry, null, metrics());
    channel = channelTo(scorer);
    client = ReadmissionServiceGrpc.newBlockingStub(channel);
    Serving.await(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    scorer.close();
    store.close();
    endpoint.close();
  }

  @Test
  void predictsWithTheChampion() {
    client.loadModel(LoadModelRequest.newBuilder().setModel("champion").build());

    PredictResponse frequent = predict(Encounters.withInpatientStays(2));
    PredictResponse never = predict(Encounters.withInpatientStays(0));

    assertThat(frequent.getPrediction()).isEqualTo("<30");
    assertThat(frequent.getProbabilitiesMap()).containsOnlyKeys("NO", ">30", "<30");
    assertThat(frequent.getProbabilityWithin30Days())
        .isCloseTo(SmallModels.urgent(1), within(1e-6));
    assertThat(frequent.getProbabilityReadmitted())
        .isCloseTo((1 + SmallModels.urgent(1)) / 2, within(1e-6));
    assertThat(frequent.getRisk()).isEqualTo(Risk.MEDIUM);
    assertThat(frequent.getModelAlias()).isEqualTo("champion");
    assertThat(frequent.getModelVersion()).isEqualTo("1");
    assertThat(frequent.getRequestId()).isNotEmpty().isNotEqualTo(never.getRequestId());
    assertThat(never.getPrediction()).isEqualTo("NO");
    assertThat(never.getRisk()).isEqualTo(Risk.LOW);
  }

  @Test
  void givesTheRequestIdBack() {
    PredictRequest request =
        PredictRequest.newBuilder()
            .setEncounter(Encounters.withInpatientStays(0))
            .setRequestId("r-1")
            .build();

    assertThat(client.predict(request).getRequestId()).isEqualTo("r-1");
    assertThat(refused(request.toBuilder().setRequestId("x".repeat(129)).build()))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("request_id");
  }

  @Test
  void namesEveryRequiredColumnThatIsMissing() {
    assertThat(refused(PredictRequest.getDefaultInstance()))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyElementsOf(Encounters.texts().keySet());
  }

  @Test
  void namesAllFiftyColumnsWhenAllAreWrong() {
    Encounter.Builder wrong = Encounter.newBuilder();
    String nonsense = "nonsense ".repeat(100);
    for (Column column : Encounters.CONTRACT.columns()) {
      switch (column.field().getJavaType()) {
        case INT -> wrong.setField(column.field(), -7);
        case LONG -> wrong.setField(column.field(), -7L);
        default -> wrong.setField(column.field(), nonsense);
      }
    }

    List<BadRequest.FieldViolation> violations =
        refused(PredictRequest.newBuilder().setEncounter(wrong).build());

    assertThat(violations)
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyElementsOf(
            Encounters.CONTRACT.columns().stream().map(Column::name).toList());
    assertThat(violations.get(9).getDescription()).contains("-7 (expected: a whole number");
  }

  @Test
  void saysValueAndExpectationOfAViolation() {
    Encounter long99 = Encounters.withInpatientStays(0).toBuilder().setTimeInHospital(99).build();

    assertThat(refused(PredictRequest.newBuilder().setEncounter(long99).build()))
        .extracting(BadRequest.FieldViolation::getDescription)
        .containsExactly("99 (expected: a whole number from 1 to 14)");
  }

  @Test
  void refusesEncountersThatAreNoCase() {
    Encounter died =
        Encounters.withInpatientStays(0).toBuilder().setDischargeDispositionId(11).build();

    assertThat(refused(PredictRequest.newBuilder().setEncounter(died).build()).get(0).getField())
        .isEqualTo("discharge_disposition_id");
  }

  @Test
  void refusesFieldsItDoesNotKnow() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    Encounter encounter =
        Encounters.withInpatientStays(0).toBuilder().setUnknownFields(unknown).build();

    assertThat(
            refused(
                PredictRequest.newBuilder()
                    .setEncounter(encounter)
                    .setUnknownFields(unknown)
                    .build()))
        .extracting(BadRequest.FieldViolation::getDescription)
        .anyMatch(description -> description.contains("a field of alta.v1.Encounter"))
        .anyMatch(description -> description.contains("a field of alta.v1.PredictRequest"));
  }

  @Test
  void refusesTenMegabytesAndGoesOn() {
    Encounter large =
        Encounters.withInpatientStays(0).toBuilder().setRace("x".repeat(10_000_000)).build();

    assertThat(refused(PredictRequest.newBuilder().setEncounter(large).build()))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("message");
    assertThat(predict(Encounters.withInpatientStays(0)).getPrediction()).isEqualTo("NO");
  }

  @Test
  void refusesBytesThatAreNoMessageAndTextThatIsNoUtf8() {
    byte[] noMessage = {0x0A, 0x7F, 1};
    byte[] noUtf8 = {0x0A, 4, 0x1A, 2, (byte) 0xC0, (byte) 0x80};

    for (byte[] bytes : List.of(noMessage, noUtf8)) {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(channel, RAW_PREDICT, CallOptions.DEFAULT, bytes));
      assertThat(failure.getStatus().getCode())
          .as(failure.getMessage())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(predict(Encounters.withInpatientStays(0)).getPrediction()).isEqualTo("NO");
  }

  @Test
  void answersEachRowOfABatch() {
    PredictBatchRequest request =
        PredictBatchRequest.newBuilder()
            .addEncounters(Encounters.withInpatientStays(2))
            .addEncounters(Encounter.getDefaultInstance())
            .addEncounters(Encounters.withInpatientStays(0))
            .setRequestId("b")
            .build();

    PredictBatchResponse response = client.predictBatch(request);

    assertThat(response.getItemsList())
        .extracting(BatchItem::getOutcomeCase)
        .containsExactly(
            BatchItem.OutcomeCase.PREDICTION,
            BatchItem.OutcomeCase.ERROR,
            BatchItem.OutcomeCase.PREDICTION);
    assertThat(response.getItems(0).getPrediction().getPrediction()).isEqualTo("<30");
    assertThat(response.getItems(0).getPrediction().getRequestId()).isEqualTo("b-0");
    assertThat(response.getItems(1).getError().getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(response.getRequestId()).isEqualTo("b");
  }

  @Test
  void takesBatchesOfOneTo4096() {
    PredictBatchRequest.Builder request = PredictBatchRequest.newBuilder();
    assertThat(status(() -> client.predictBatch(request.build())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    Encounter encounter = Encounters.withInpatientStays(1);
    IntStream.range(0, 4096).forEach(i -> request.addEncounters(encounter));
    assertThat(client.predictBatch(request.build()).getItemsCount()).isEqualTo(4096);
    request.addEncounters(encounter);
    assertThat(status(() -> client.predictBatch(request.build())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void swapsTheModelUnderLoadWithoutFailingARequest() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    List<CompletableFuture<Integer>> callers =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> callUntil(enough)))
            .toList();
    LoadModelResponse last = LoadModelResponse.getDefaultInstance();
    for (int i = 0; i < 6; i++) {
      last =
          client.loadModel(
              LoadModelRequest.newBuilder().setModel(Integer.toString(1 + i % 2)).build());
    }
    enough.set(true);

    for (CompletableFuture<Integer> caller : callers) {
      assertThat(caller.get(30, TimeUnit.SECONDS)).isPositive();
    }
    assertThat(last.getPreviousVersion()).isEqualTo("1");
    assertThat(last.getModelVersion()).isEqualTo("2");
    // No alias points to version 2.
    assertThat(last.getModelAlias()).isEmpty();
    GetModelResponse model = client.getModel(GetModelRequest.getDefaultInstance());
    assertThat(model.getManifest().getVersion()).isEqualTo("2");
    assertThat(model.getFeatures()).isEqualTo(1);
    assertThat(model.getTrees()).isEqualTo(1);
    assertThat(client.loadModel(LoadModelRequest.getDefaultInstance()).getModelAlias())
        .isEqualTo("champion");
  }

  /** Each answer must be the one of the version that it names. */
  private static int callUntil(AtomicBoolean enough) {
    int calls = 0;
    while (!enough.get()) {
      PredictResponse answer = predict(Encounters.withInpatientStays(2));
      float margin = Float.parseFloat(answer.getModelVersion());
      assertThat(answer.getProbabilityWithin30Days())
          .isCloseTo(SmallModels.urgent(margin), within(1e-6));
      calls++;
    }
    return calls;
  }

  @Test
  void keepsTheModelWhenAnotherCannotBeLoaded() {
    String before = version();
    int wrong =
        Integer.parseInt(
            registry
                .publish(SmallModels.publication(SmallModels.model(1).clearSamples().build()))
                .getVersion());

    assertThat(status(() -> load("99"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status(() -> load("nobody"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status(() -> load("../x"))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> load(Integer.toString(wrong)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.getStatus().getDescription()).contains("no samples");
    assertThat(version()).isEqualTo(before);
    assertThat(predict(Encounters.withInpatientStays(0)).getModelVersion()).isEqualTo(before);
  }

  @Test
  void isUnavailableUntilThereIsAChampionAndThenServes() throws Exception {
    try (ObjectStore empty = open("empty")) {
      Registry later = new Registry(empty, "readmission", Clock.systemUTC());
      Scorer waiting = Scorer.start(ANY_PORTS, () -> later, null, metrics());
      ManagedChannel toWaiting = channelTo(waiting);
      ReadmissionServiceBlockingStub stub = ReadmissionServiceGrpc.newBlockingStub(toWaiting);

      assertThat(health(toWaiting)).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(status(() -> stub.predict(request(Encounters.withInpatientStays(0)))))
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status(() -> stub.getModel(GetModelRequest.getDefaultInstance())))
          .isEqualTo(Status.Code.UNAVAILABLE);

      later.publish(SmallModels.publication(1));
      later.setAlias("champion", 1, Optional.empty(), "first");
      Serving.await(toWaiting);
      assertThat(health(toWaiting)).isEqualTo(ServingStatus.SERVING);

      assertThat(stub.predict(request(Encounters.withInpatientStays(0))).getModelVersion())
          .isEqualTo("1");
      toWaiting.shutdownNow();
      waiting.close();
    }
  }

  @Test
  void showsTheMetricsThatDashboardsAskFor() throws Exception {
    predict(Encounters.withInpatientStays(0));
    refused(PredictRequest.getDefaultInstance());

    String shown = scrape();

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
        ScorerSettings.of(Listen.onLoopback(scorer.port()), Listen.onLoopback(0));
    ScorerSettings sameMetrics =
        ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(scorer.metricsPort()));

    assertThatThrownBy(() -> Scorer.start(sameGrpc, () -> registry, null, metrics()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("gRPC port " + scorer.port());
    assertThatThrownBy(() -> Scorer.start(sameMetrics, () -> registry, null, metrics()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("metrics port " + scorer.metricsPort());
  }

  private static ObjectStore open(String bucket) {
    return ObjectStore.open(
        new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), bucket));
  }

  private static PrometheusMeterRegistry metrics() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  private static ManagedChannel channelTo(Scorer scorer) {
    return NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
  }

  private static ServingStatus health(ManagedChannel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private static PredictRequest request(Encounter encounter) {
    return PredictRequest.newBuilder().setEncounter(encounter).build();
  }

  private static PredictResponse predict(Encounter encounter) {
    return client.predict(request(encounter));
  }

  private static LoadModelResponse load(String model) {
    return client.loadModel(LoadModelRequest.newBuilder().setModel(model).build());
  }

  private static String version() {
    return client.getModel(GetModelRequest.getDefaultInstance()).getManifest().getVersion();
  }

  private static Status.Code status(Runnable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
    return failure.getStatus().getCode();
  }

  private static List<BadRequest.FieldViolation> refused(PredictRequest request) {
    StatusRuntimeException failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> client.predict(request));
    assertThat(failure.getStatus().getCode())
        .as(failure.getMessage())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    assertThat(status).isNotNull();
    try {
      Any details = status.getDetails(0);
      return details.unpack(BadRequest.class).getFieldViolationsList();
    } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
  }

  private static String scrape() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + scorer.metricsPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  /** Sends bytes as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("only for requests");
    }
  }
}
