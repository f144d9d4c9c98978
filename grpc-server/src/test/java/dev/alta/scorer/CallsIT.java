package dev.alta.scorer;

import static dev.alta.scorer.RunningScorer.request;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.inference.RepositoryModelUnloadRequest;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictStreamResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceFutureStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What holds for calls of every kind. */
@Timeout(60)
final class CallsIT {
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);
  private static final Pattern PREDICTIONS =
      Pattern.compile("^predictions_total\\{.*} ([0-9.E]+)$", Pattern.MULTILINE);

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
  void showsTheMetricsThatEveryGrpcServerHas() throws Exception {
    PredictRequest refused = PredictRequest.getDefaultInstance();
    ReadmissionServiceGrpc.ReadmissionServiceBlockingStub stub =
        ReadmissionServiceGrpc.newBlockingStub(scorer.channel());
    assertThat(RunningScorer.status(() -> stub.predict(refused)).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    String labels =
        "\\{grpc_method=\"alta.v1.ReadmissionService/Predict\",grpc_status=\"INVALID_ARGUMENT\"";
    Pattern ended = Pattern.compile("grpc_server_call_duration_seconds_count" + labels + "} 1");
    String shown = scorer.scrape();
    // A call is counted once its answer is written, which may be after it was read here.
    while (!ended.matcher(shown).find()) {
      shown = scorer.scrape();
    }
    assertThat(shown)
        .containsPattern("grpc_server_call_started_total\\{grpc_method=\"alta.v1.Read.*} [1-9]")
        .containsPattern("grpc_server_call_duration_seconds_bucket" + labels + ",le=\"0.1\"} ")
        .containsPattern(
            "grpc_server_call_rcvd_total_compressed_message_size_bytes_count" + labels + "} 1")
        .containsPattern(
            "grpc_server_call_sent_total_compressed_message_size_bytes_bucket"
                + labels
                + ",le=\"1024.0\"} 1");
  }

  @Test
  void answersByGzipWhoeverAsksByGzipAndNobodyElse() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    Channel listening =
        ClientInterceptors.intercept(
            scorer.channel(),
            MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    PredictRequest request = request(Encounters.withInpatientStays(2));

    ReadmissionServiceGrpc.newBlockingStub(listening).predict(request);
    assertThat(encoding(headers)).isIn("", "identity");
    assertThat(
            ReadmissionServiceGrpc.newBlockingStub(listening)
                .withCompression("gzip")
                .predict(request)
                .getPrediction())
        .isEqualTo("<30");
    assertThat(encoding(headers)).isEqualTo("gzip");
  }

  @Test
  void refusesWhatIsTooLargeOnceItIsUnpacked() {
    Encounter large =
        Encounters.withInpatientStays(0).toBuilder().setRace("x".repeat(10_000_000)).build();

    assertThat(
            RunningScorer.refused(
                () -> scorer.client().withCompression("gzip").predict(request(large))))
        .extracting(violation -> violation.getField() + ": " + violation.getDescription())
        .containsExactly("message: 4194305 bytes (expected: at most 4194304 bytes)");
  }

  @Test
  void computesNothingThatNobodyWaitsForAnyMore() throws Exception {
    ReadmissionServiceFutureStub client = ReadmissionServiceGrpc.newFutureStub(scorer.channel());
    PredictBatchRequest batch =
        PredictBatchRequest.newBuilder()
            .addAllEncounters(Collections.nCopies(4_096, Encounters.withInpatientStays(1)))
            .build();
    int threads = Runtime.getRuntime().availableProcessors();
    double wanted = (2 * threads + 1) * 4_096.0;

    // If this thread stands still meanwhile, those in a hurry find the others done: once more.
    while (predictionsBesideHurriedOnes(client, batch, threads) != wanted) {
      Thread.onSpinWait();
    }
  }

  /** How many are made for {@code 2 * threads + 1} batches, and for others given up early. */
  private static double predictionsBesideHurriedOnes(
      ReadmissionServiceFutureStub client, PredictBatchRequest batch, int threads)
      throws Exception {
    double before = predictions();
    // They keep all threads for batches busy for longer than the deadline of those behind them.
    List<? extends Future<PredictBatchResponse>> waited =
        IntStream.range(0, 2 * threads).mapToObj(i -> client.predictBatch(batch)).toList();
    List<? extends Future<PredictBatchResponse>> hurried =
        IntStream.range(0, threads)
            .mapToObj(i -> client.withDeadlineAfter(5, TimeUnit.MILLISECONDS).predictBatch(batch))
            .toList();
    Future<PredictBatchResponse> cancelled = client.predictBatch(batch);
    cancelled.cancel(true);
    for (Future<PredictBatchResponse> one : waited) {
      assertThat(one.get(30, TimeUnit.SECONDS).getItemsCount()).isEqualTo(4_096);
    }
    assertThat(scorer.client().predictBatch(batch).getItemsCount()).isEqualTo(4_096);
    assertThat(hurried).allMatch(Future::isDone);
    return predictions() - before;
  }

  @Test
  void tellsEachWatcherOfEachServiceWhenThereIsAModelAndWhenNot() {
    for (String service :
        List.of("", ReadmissionServiceGrpc.SERVICE_NAME, GRPCInferenceServiceGrpc.SERVICE_NAME)) {
      Iterator<HealthCheckResponse> states = watch(scorer, service);
      assertThat(states.next().getStatus()).isEqualTo(ServingStatus.SERVING);
      unload();
      assertThat(states.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(check(ModelAdminServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
      assertThat(RunningScorer.code(() -> scorer.predict(Encounters.withInpatientStays(0))))
          .isEqualTo(Status.Code.UNAVAILABLE);
      scorer.load("champion");
      assertThat(states.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    }
    assertThat(RunningScorer.code(() -> check("alta.v1.NoService")))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void reflectsAllItsServices() throws Exception {
    Answers<ServerReflectionRequest, ServerReflectionResponse> answers = new Answers<>(1);
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(scorer.channel()).serverReflectionInfo(answers);
    questions.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(answers.await(1).get(0).getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            ReadmissionServiceGrpc.SERVICE_NAME,
            ModelAdminServiceGrpc.SERVICE_NAME,
            GRPCInferenceServiceGrpc.SERVICE_NAME,
            HealthGrpc.SERVICE_NAME);
    questions.onCompleted();
  }

  @Test
  void stopsByAnsweringWhatIsUnderWayWhoeverWatches(@TempDir Path other) throws Exception {
    RunningScorer stopping = RunningScorer.start(other);
    Iterator<HealthCheckResponse> states = watch(stopping, "");
    assertThat(states.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    Answers<PredictRequest, PredictStreamResponse> answers = new Answers<>(1);
    StreamObserver<PredictRequest> rows =
        ReadmissionServiceGrpc.newStub(stopping.channel()).predictStream(answers);
    for (int i = 0; i < 100; i++) {
      rows.onNext(request(Encounters.withInpatientStays(2)));
    }
    answers.await(1);

    List<String> said = saidWhile(stopping::stop);

    // Had it waited for the watcher, it would have waited in vain.
    assertThat(said).contains("scorer stopped").noneMatch(line -> line.contains("cut off"));
    assertThat(states.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    answers.request(Integer.MAX_VALUE);
    Status end = answers.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).contains("is stopping");
    assertThat(answers.soFar())
        .allMatch(answer -> answer.getPrediction().getPrediction().equals("<30"));
    stopping.close();
  }

  /** What the scorer logs meanwhile. */
  private static List<String> saidWhile(Runnable stop) {
    Logger logger = (Logger) LoggerFactory.getLogger(Scorer.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    stop.run();
    logger.detachAppender(lines);
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** How the last answer came; empty where its headers do not say. */
  private static String encoding(AtomicReference<Metadata> headers) {
    String encoding = Objects.requireNonNull(headers.get()).get(ENCODING);
    return encoding == null ? "" : encoding;
  }

  private static Iterator<HealthCheckResponse> watch(RunningScorer watched, String service) {
    return HealthGrpc.newBlockingStub(watched.channel())
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .watch(HealthCheckRequest.newBuilder().setService(service).build());
  }

  private static ServingStatus check(String service) {
    return HealthGrpc.newBlockingStub(scorer.channel())
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  private static void unload() {
    GRPCInferenceServiceGrpc.newBlockingStub(scorer.channel())
        .repositoryModelUnload(
            RepositoryModelUnloadRequest.newBuilder().setModelName("readmission").build());
  }

  private static double predictions() throws Exception {
    return PREDICTIONS
        .matcher(scorer.scrape())
        .results()
        .map(MatchResult::group)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
        .sum();
  }
}
