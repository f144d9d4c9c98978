package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.rpc.BadRequest;
import dev.alta.proto.v1.Contribution;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.ExplainOptions;
import dev.alta.proto.v1.Explanation;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ExplainIT {
  @TempDir static Path folder;

  private static RunningScorer scorer;

  @BeforeAll
  static void start() throws Exception {
    scorer = RunningScorer.start(folder);
    scorer.registry().publish(SmallModels.publication(SmallModels.twoColumns().build()));
    scorer.load("3");
  }

  @AfterAll
  static void stop() {
    scorer.close();
  }

  @Test
  void explainsEveryClassByEveryColumn() {
    PredictResponse answer = scorer.client().explain(request(2, 7).build());

    assertThat(answer.getExplanationsList())
        .extracting(Explanation::getClassName)
        .containsExactly("NO", ">30", "<30");
    Explanation urgent = answer.getExplanations(2);
    // Half of the training rows went each way in both trees.
    assertThat(urgent.getBaseValue()).isZero();
    assertThat(urgent.getMargin()).isCloseTo(1 + 0.25, within(1e-6));
    assertThat(urgent.getContributionsList())
        .extracting(Contribution::getValue)
        .containsExactly("2", "7");
    assertThat(urgent.getContributions(0).getColumnsList()).containsExactly("number_inpatient");
    assertThat(urgent.getContributions(0).getLabel()).isEqualTo("Inpatient stays");
    assertThat(urgent.getContributions(0).getContribution()).isCloseTo(1, within(1e-6));
    assertThat(urgent.getContributions(1).getContribution()).isCloseTo(0.25, within(1e-6));
    assertThat(answer.getExplanations(0).getContributionsList())
        .extracting(Contribution::getContribution)
        .containsExactly(0.0, 0.0);
    assertThat(answer.getPrediction()).isEqualTo("<30");
  }

  @Test
  void sumsToTheMarginOfWhichTheProbabilitiesAreMade() {
    PredictResponse answer = scorer.client().explain(request(0, 7).build());

    double sum = 0;
    for (Explanation one : answer.getExplanationsList()) {
      double told =
          one.getBaseValue()
              + one.getContributionsList().stream().mapToDouble(Contribution::getContribution).sum()
              + one.getOthers();
      assertThat(told).isCloseTo(one.getMargin(), within(1e-5));
      sum += Math.exp(one.getMargin());
    }
    for (Explanation one : answer.getExplanationsList()) {
      assertThat(Math.exp(one.getMargin()) / sum)
          .isCloseTo(answer.getProbabilitiesOrThrow(one.getClassName()), within(1e-6));
    }
  }

  @Test
  void givesTheStrongestColumnsOfOneClassWherePredictIsAskedForReasons() {
    ExplainOptions asked = ExplainOptions.newBuilder().addClasses("<30").setTop(1).build();

    PredictResponse answer = scorer.client().predict(request(2, 0).setExplain(asked).build());

    Explanation urgent = answer.getExplanations(0);
    assertThat(answer.getExplanationsList()).hasSize(1);
    assertThat(urgent.getClassName()).isEqualTo("<30");
    assertThat(urgent.getContributionsList())
        .extracting(c -> c.getColumns(0))
        .containsExactly("number_inpatient");
    assertThat(urgent.getOthers()).isCloseTo(-0.25, within(1e-6));
  }

  @Test
  void explainsNothingUnasked() {
    assertThat(scorer.client().predict(request(2, 7).build()).getExplanationsList()).isEmpty();
  }

  @Test
  void namesWrongOptionsTogetherWithWrongFields() {
    ExplainOptions asked =
        ExplainOptions.newBuilder().addClasses("<30").addClasses("SOON").setTop(-1).build();
    PredictRequest.Builder request = request(2, 7).setExplain(asked);
    request.getEncounterBuilder().setTimeInHospital(99);

    assertThat(RunningScorer.refused(() -> scorer.client().predict(request.build())))
        .extracting(v -> v.getField() + ": " + v.getDescription())
        .containsExactly(
            "explain.classes[1]: SOON (expected: one of NO, >30, <30)",
            "explain.top: -1 (expected: 0 (all) or more)",
            "time_in_hospital: 99 (expected: a whole number from 1 to 14)");
    assertThat(RunningScorer.refused(() -> scorer.client().explain(request.build())))
        .extracting(BadRequest.FieldViolation::getField)
        .isEqualTo(List.of("explain.classes[1]", "explain.top", "time_in_hospital"));
  }

  private static PredictRequest.Builder request(int inpatientStays, int emergencies) {
    Encounter.Builder encounter =
        Encounters.withInpatientStays(inpatientStays).toBuilder().setNumberEmergency(emergencies);
    return PredictRequest.newBuilder().setEncounter(encounter);
  }
}
