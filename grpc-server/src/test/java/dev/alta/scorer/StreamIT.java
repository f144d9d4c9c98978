package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictStreamResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceStub;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StreamIT {
  private static final int ALL = Integer.MAX_VALUE;

  @TempDir static Path folder;

  private static RunningScorer scorer;
  private static ReadmissionServiceStub client;

  @BeforeAll
  static void start() throws Exception {
    scorer = RunningScorer.start(folder);
    client = ReadmissionServiceGrpc.newStub(scorer.channel());
  }

  @AfterAll
  static void stop() {
    scorer.close();
  }

  @Test
  void answersInOrderAndEndsWhenTheCallerHasNoMore() throws Exception {
    Answers<PredictRequest, PredictStreamResponse> answers = new Answers<>(ALL);
    StreamObserver<PredictRequest> rows = client.predictStream(answers);
    for (int i = 0; i < 5_000; i++) {
      rows.onNext(row(i));
    }
    rows.onCompleted();

    assertThat(answers.end()).isEqualTo(Status.OK);
    assertThat(answers.soFar())
        .extracting(PredictStreamResponse::getRequestId)
        .containsExactlyElementsOf(IntStream.range(0, 5_000).mapToObj(i -> "r" + i).toList());
    assertThat(answers.soFar())
        .allSatisfy(
            answer ->
                assertThat(answer.getPrediction().getPrediction())
                    .isEqualTo(number(answer) % 3 == 2 ? "<30" : "NO"));
  }

  @Test
  void answersABadRowWithItsViolationsAndGoesOn() throws Exception {
    Answers<PredictRequest, PredictStreamResponse> answers = new Answers<>(ALL);
    StreamObserver<PredictRequest> rows = client.predictStream(answers);
    Encounter.Builder wrong = row(0).getEncounter().toBuilder().setTimeInHospital(99).setAge("old");

    rows.onNext(row(0));
    rows.onNext(PredictRequest.newBuilder().setEncounter(wrong).setRequestId("bad").build());
    rows.onNext(
        PredictRequest.newBuilder().setEncounter(wrong.setRace("x".repeat(100_000))).build());
    rows.onNext(row(2));
    List<PredictStreamResponse> four = answers.await(4);

    assertThat(four.get(1).getRequestId()).isEqualTo("bad");
    assertThat(RunningScorer.violations(four.get(1).getError()))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("age", "time_in_hospital");
    assertThat(RunningScorer.violations(four.get(2).getError()))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("message");
    assertThat(four.get(3).getPrediction().getPrediction()).isEqualTo("<30");
    rows.onCompleted();
    assertThat(answers.end()).isEqualTo(Status.OK);
  }

  @Test
  void takesInNoMoreThanACallerReads() throws Exception {
    Answers<PredictRequest, PredictStreamResponse> answers = new Answers<>(0);
    ClientCallStreamObserver<PredictRequest> rows =
        (ClientCallStreamObserver<PredictRequest>) client.predictStream(answers);
    // Until the connection's buffers are full, on both ways, and the scorer takes in no more.
    int sent = 0;
    long quiet = System.nanoTime();
    while (System.nanoTime() - quiet < TimeUnit.MILLISECONDS.toNanos(500)) {
      if (rows.isReady()) {
        rows.onNext(row(sent++));
        quiet = System.nanoTime();
      } else {
        Thread.onSpinWait();
      }
      assertThat(sent).as("rows taken in though nobody reads").isLessThan(100_000);
    }
    assertThat(scorer.predict(row(2).getEncounter()).getPrediction()).isEqualTo("<30");

    answers.request(ALL);
    rows.onCompleted();

    assertThat(answers.end()).isEqualTo(Status.OK);
    assertThat(answers.soFar()).hasSize(sent);
    assertThat(answers.soFar().get(sent - 1).getRequestId()).isEqualTo("r" + (sent - 1));
  }

  @Test
  void forgetsAStreamWhoseCallerIsGone() throws Exception {
    Answers<PredictRequest, PredictStreamResponse> answers = new Answers<>(0);
    ClientCallStreamObserver<PredictRequest> rows =
        (ClientCallStreamObserver<PredictRequest>) client.predictStream(answers);
    for (int i = 0; i < 1_000; i++) {
      rows.onNext(row(i));
    }
    rows.cancel("enough", null);

    assertThat(answers.end().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(scorer.predict(row(2).getEncounter()).getPrediction()).isEqualTo("<30");
  }

  @Test
  void metersEachRowAsARequest() throws Exception {
    Answers<PredictRequest, PredictStreamResponse> answers = new Answers<>(ALL);
    StreamObserver<PredictRequest> rows = client.predictStream(answers);
    rows.onNext(row(0));
    rows.onNext(PredictRequest.getDefaultInstance());
    rows.onCompleted();
    assertThat(answers.end()).isEqualTo(Status.OK);

    assertThat(scorer.scrape())
        .containsPattern("predict_requests_total\\{method=\"PredictStream\",status=\"OK\"} [1-9]")
        .containsPattern(
            "predict_requests_total\\{method=\"PredictStream\",status=\"INVALID_ARGUMENT\"} [1-9]")
        .containsPattern("predict_latency_seconds_count\\{method=\"PredictStream\"} [1-9]");
  }

  /** Each third row has two stays, and so the most urgent class. */
  private static PredictRequest row(int number) {
    return PredictRequest.newBuilder()
        .setEncounter(Encounters.withInpatientStays(number % 3))
        .setRequestId("r" + number)
        .build();
  }

  private static int number(PredictStreamResponse answer) {
    return Integer.parseInt(answer.getRequestId().substring(1));
  }
}
