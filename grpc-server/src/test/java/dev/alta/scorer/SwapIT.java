package dev.alta.scorer;

import static dev.alta.scorer.RunningScorer.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.PredictResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SwapIT {
  @TempDir static Path folder;

  private static final int CALLERS = 4;

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
  void swapsTheModelUnderLoadWithoutFailingARequest() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    // As many threads, whatever the machine has.
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    List<Future<Integer>> callers =
        IntStream.range(0, CALLERS).mapToObj(i -> threads.submit(() -> callUntil(enough))).toList();
    LoadModelResponse last = LoadModelResponse.getDefaultInstance();
    for (int i = 0; i < 6; i++) {
      last =
          scorer
              .admin()
              .loadModel(
                  LoadModelRequest.newBuilder().setModel(Integer.toString(1 + i % 2)).build());
    }
    enough.set(true);

    for (Future<Integer> caller : callers) {
      assertThat(caller.get(30, TimeUnit.SECONDS)).isPositive();
    }
    threads.shutdown();
    assertThat(last.getPreviousVersion()).isEqualTo("1");
    assertThat(last.getModelVersion()).isEqualTo("2");
    // No alias points to version 2.
    assertThat(last.getModelAlias()).isEmpty();
    GetModelResponse model = scorer.client().getModel(GetModelRequest.getDefaultInstance());
    assertThat(model.getManifest().getVersion()).isEqualTo("2");
    assertThat(model.getFeatures()).isEqualTo(1);
    assertThat(model.getTrees()).isEqualTo(1);
    assertThat(scorer.admin().loadModel(LoadModelRequest.getDefaultInstance()).getModelAlias())
        .isEqualTo("champion");
  }

  /** Each answer must be the one of the version that it names. */
  private static int callUntil(AtomicBoolean enough) {
    int calls = 0;
    do {
      PredictResponse answer = scorer.predict(Encounters.withInpatientStays(2));
      float margin = Float.parseFloat(answer.getModelVersion());
      assertThat(answer.getProbabilityWithin30Days())
          .isCloseTo(SmallModels.urgent(margin), within(1e-6));
      calls++;
    } while (!enough.get());
    return calls;
  }

  @Test
  void keepsTheModelWhenAnotherCannotBeLoaded() {
    String before = scorer.version();
    int wrong =
        Integer.parseInt(
            scorer
                .registry()
                .publish(SmallModels.publication(SmallModels.model(1).clearSamples().build()))
                .getVersion());

    assertThat(code(() -> scorer.load("99"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> scorer.load("nobody"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> scorer.load("../x"))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> scorer.load(Integer.toString(wrong)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.getStatus().getDescription()).contains("no samples");
    assertThat(scorer.version()).isEqualTo(before);
    assertThat(scorer.predict(Encounters.withInpatientStays(0)).getModelVersion())
        .isEqualTo(before);
  }
}
