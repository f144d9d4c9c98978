package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.Subgroup;
import dev.alta.training.GeneratedRows;
import dev.alta.training.dataset.RowFacts;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EvaluatorIntervalsTest {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final List<String> CLASSES = CONTRACT.classes();
  private static final int ROWS = 1_200;

  private final Scores scores = new Scores(3, ROWS);
  private final RowFacts facts = new RowFacts(CONTRACT, ROWS);
  private final Evaluation evaluation;

  /** Calibrated by construction; two rows a patient; five children, all of one class. */
  EvaluatorIntervalsTest() {
    SplittableRandom random = new SplittableRandom(2);
    for (int row = 0; row < ROWS; row++) {
      double early = random.nextDouble(0.3);
      double late = random.nextDouble(0.6);
      boolean child = row >= ROWS - 5;
      double chance = random.nextDouble();
      int actual = child || chance > early + late ? 0 : chance > early ? 1 : 2;
      scores.add(new double[] {1 - early - late, late, early}, actual);
      Row made = PatientRows.row(row, row / 2);
      made.put(CONTRACT.column("age"), child ? "[0-10)" : row % 3 == 0 ? "[60-70)" : "[70-80)");
      if (row % 10 != 0) {
        made.put(CONTRACT.column("race"), row % 4 == 0 ? "Asian" : "Caucasian");
      }
      facts.add(made);
    }
    this.evaluation = evaluate(400, 9);
  }

  private Evaluation evaluate(int samples, long seed) {
    return Evaluator.evaluate("test", scores, facts, CLASSES, samples, seed);
  }

  @Test
  void givesEveryFigureAnInterval() {
    assertThat(evaluation.getIntervalsMap())
        .containsOnlyKeys(
            "auroc.NO",
            "auroc.>30",
            "auroc.<30",
            "mean_auroc",
            "auroc_readmitted",
            "average_precision.NO",
            "average_precision.>30",
            "average_precision.<30",
            "mean_average_precision",
            "accuracy",
            "macro_precision",
            "macro_recall",
            "macro_f1",
            "brier",
            "log_loss",
            "calibration_error",
            "top.0.05.positive_predictive_value",
            "top.0.05.lift",
            "top.0.05.recall",
            "top.0.1.positive_predictive_value",
            "top.0.1.lift",
            "top.0.1.recall",
            "top.0.2.positive_predictive_value",
            "top.0.2.lift",
            "top.0.2.recall");
    holds(evaluation.getIntervalsOrThrow("mean_auroc"), evaluation.getMeanAuroc());
    holds(evaluation.getIntervalsOrThrow("auroc.<30"), evaluation.getAuroc(2));
    holds(evaluation.getIntervalsOrThrow("accuracy"), evaluation.getAccuracy());
    holds(evaluation.getIntervalsOrThrow("log_loss"), evaluation.getLogLoss());
    holds(evaluation.getIntervalsOrThrow("calibration_error"), evaluation.getCalibrationError());
    holds(evaluation.getIntervalsOrThrow("top.0.1.recall"), evaluation.getTop(1).getRecall());
    assertThat(evaluation.getPatients()).isEqualTo(ROWS / 2);
  }

  @Test
  void isAsWideAsChanceIs() {
    // The standard error of a share is known: 1.96 of them each way, if rows were independent.
    double accuracy = evaluation.getAccuracy();
    double expected = 2 * 1.96 * Math.sqrt(accuracy * (1 - accuracy) / ROWS);
    Interval interval = evaluation.getIntervalsOrThrow("accuracy");
    assertThat(interval.getHigh() - interval.getLow()).isCloseTo(expected, within(expected / 5));
  }

  @Test
  void givesTheSameFromTheSameSeed() {
    assertThat(evaluate(50, 3)).isEqualTo(evaluate(50, 3));
    assertThat(evaluate(50, 3).getIntervalsMap()).isNotEqualTo(evaluate(50, 4).getIntervalsMap());
  }

  @Test
  void looksAtTheSubgroupsByThemselves() {
    assertThat(evaluation.getSubgroupsList())
        .extracting(group -> group.getColumn() + "=" + group.getValue() + " " + group.getRows())
        .containsExactly(
            "race=Asian 240",
            "race=Caucasian 840",
            "race= 120",
            "gender=Female 1200",
            "age=[0-10) 5",
            "age=[60-70) 399",
            "age=[70-80) 796");
    Subgroup women = evaluation.getSubgroups(3);
    assertThat(women.getPatients()).isEqualTo(ROWS / 2);
    assertThat(women.getFiguresOrThrow("mean_auroc")).isEqualTo(evaluation.getMeanAuroc());
    assertThat(women.getFiguresOrThrow("accuracy"))
        .isCloseTo(evaluation.getAccuracy(), within(1e-12));
    assertThat(women.getIntervalsOrThrow("auroc.<30"))
        .isEqualTo(evaluation.getIntervalsOrThrow("auroc.<30"));
    assertThat(evaluation.getSubgroups(5).getIntervalsMap())
        .containsKeys("mean_auroc", "accuracy", "auroc.<30");
  }

  @Test
  void hasNoFigureThatTheRowsOfASubgroupDoNotGive() {
    Subgroup children = evaluation.getSubgroups(4);
    assertThat(children.getPatients()).isEqualTo(3);
    assertThat(children.getFiguresMap())
        .containsOnlyKeys("accuracy", "brier", "log_loss", "calibration_error");
    assertThat(children.getIntervalsMap()).doesNotContainKeys("mean_auroc", "auroc.<30");
    assertThat(evaluation.getSubgroupsList())
        .allSatisfy(group -> assertThat(group.getFiguresMap().values()).noneMatch(v -> v.isNaN()));
  }

  @Test
  void refusesRowsThatAreNotThoseOfTheScores() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.evaluate("test", scores, PatientRows.of(1, 2), CLASSES, 10, 1))
        .withMessage("test: rows: 2 (expected: 1200, as many as in the scores)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.evaluate("test", scores, facts, List.of("no"), 10, 1))
        .withMessage("test: names of classes: 1 (expected: 3, as many as in the scores)");
  }

  private static void holds(Interval interval, double value) {
    assertThat(value).isStrictlyBetween(interval.getLow(), interval.getHigh());
  }
}
