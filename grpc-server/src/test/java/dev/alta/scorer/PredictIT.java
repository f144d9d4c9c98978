package dev.alta.scorer;

import static dev.alta.scorer.RunningScorer.code;
import static dev.alta.scorer.RunningScorer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.rpc.BadRequest;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Risk;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PredictIT {
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
  void predictsWithTheChampion() {
    scorer.admin().loadModel(LoadModelRequest.newBuilder().setModel("champion").build());

    PredictResponse frequent = scorer.predict(Encounters.withInpatientStays(2));
    PredictResponse never = scorer.predict(Encounters.withInpatientStays(0));

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

    assertThat(scorer.client().predict(request).getRequestId()).isEqualTo("r-1");
    assertThat(
            RunningScorer.refused(
                () ->
                    scorer
                        .client()
                        .predict(request.toBuilder().setRequestId("x".repeat(129)).build())))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("request_id");
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

    PredictBatchResponse response = scorer.client().predictBatch(request);

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
  void answersTheRowsOfABatchUnderTheIdsThatTheyWereGiven() {
    PredictBatchRequest.Builder request =
        PredictBatchRequest.newBuilder()
            .addEncounters(Encounters.withInpatientStays(2))
            .addEncounters(Encounters.withInpatientStays(0))
            .setRequestId("b")
            .addAllRequestIds(List.of("mine", ""));

    assertThat(scorer.client().predictBatch(request.build()).getItemsList())
        .extracting(item -> item.getPrediction().getRequestId())
        .containsExactly("mine", "b-1");
    assertThat(refused(request.addRequestIds("one too many")))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("request_ids");
    request.clearRequestIds().addAllRequestIds(List.of("x".repeat(129), "\u0007"));
    assertThat(refused(request))
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("request_ids[0]", "request_ids[1]");
  }

  private static List<BadRequest.FieldViolation> refused(PredictBatchRequest.Builder request) {
    return RunningScorer.refused(() -> scorer.client().predictBatch(request.build()));
  }

  @Test
  void takesBatchesOfOneTo4096() {
    PredictBatchRequest.Builder request = PredictBatchRequest.newBuilder();
    assertThat(code(() -> scorer.client().predictBatch(request.build())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    Encounter encounter = Encounters.withInpatientStays(1);
    IntStream.range(0, 4096).forEach(i -> request.addEncounters(encounter));
    assertThat(scorer.client().predictBatch(request.build()).getItemsCount()).isEqualTo(4096);
    request.addEncounters(encounter);
    assertThat(code(() -> scorer.client().predictBatch(request.build())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }
}
