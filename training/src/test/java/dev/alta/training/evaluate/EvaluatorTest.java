package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.TopShare;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EvaluatorTest {
  /** Actual classes 0, 0, 1, 2; predicted 0, 1, 1, 0. */
  private static Scores scores() {
    Scores scores = new Scores(3, 4);
    scores.add(new double[] {0.6, 0.3, 0.1}, 0);
    scores.add(new double[] {0.3, 0.5, 0.2}, 0);
    scores.add(new double[] {0.1, 0.8, 0.1}, 1);
    scores.add(new double[] {0.5, 0.2, 0.3}, 2);
    return scores;
  }

  private final Evaluation evaluation = Evaluator.evaluate("test", scores());

  @Test
  void countsWhatWasTakenForWhat() {
    assertThat(evaluation.getConfusionList()).containsExactly(1L, 1L, 0L, 0L, 1L, 0L, 1L, 0L, 0L);
    assertThat(evaluation.getRows()).isEqualTo(4);
    assertThat(evaluation.getDataset()).isEqualTo("test");
  }

  @Test
  void comparesAccuracyWithTheMostFrequentClass() {
    assertThat(evaluation.getAccuracy()).isEqualTo(0.5);
    assertThat(evaluation.getMajorityShare()).isEqualTo(0.5);
  }

  @Test
  void averagesOverTheClasses() {
    assertThat(evaluation.getMacroPrecision()).isCloseTo((0.5 + 0.5 + 0) / 3, within(1e-12));
    assertThat(evaluation.getMacroRecall()).isCloseTo((0.5 + 1 + 0) / 3, within(1e-12));
    assertThat(evaluation.getMacroF1()).isCloseTo((0.5 + 2.0 / 3 + 0) / 3, within(1e-12));
  }

  @Test
  void ranksEachClassAgainstTheRest() {
    // NO: 0.6 and 0.3 against 0.1 and 0.5. >30: 0.8 against all. <30: 0.3 against all.
    assertThat(evaluation.getAurocList()).containsExactly(0.75, 1.0, 1.0);
    assertThat(evaluation.getMeanAuroc()).isCloseTo(2.75 / 3, within(1e-12));
    assertThat(evaluation.getAurocReadmitted()).isEqualTo(0.75);
  }

  @Test
  void measuresTheDistanceOfTheProbabilities() {
    double first = 0.16 + 0.09 + 0.01;
    double second = 0.49 + 0.25 + 0.04;
    double third = 0.01 + 0.04 + 0.01;
    double fourth = 0.25 + 0.04 + 0.49;
    assertThat(evaluation.getBrier())
        .isCloseTo((first + second + third + fourth) / 4, within(1e-12));
  }

  @Test
  void measuresTheSurpriseAtWhatHappened() {
    assertThat(evaluation.getLogLoss())
        .isCloseTo(
            -(Math.log(0.6) + Math.log(0.3) + Math.log(0.8) + Math.log(0.3)) / 4, within(1e-12));
  }

  @Test
  void averagesPrecisionOverRecall() {
    // NO: 0.6 hit, 0.5 miss, 0.3 hit: (1/1 + 2/3) / 2. >30: 0.8 is first. <30: 0.3 is first.
    assertThat(evaluation.getAveragePrecision(0)).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(evaluation.getAveragePrecision(1)).isEqualTo(1);
    assertThat(evaluation.getAveragePrecision(2)).isEqualTo(1);
    assertThat(evaluation.getMeanAveragePrecision()).isCloseTo(17.0 / 18, within(1e-12));
  }

  @Test
  void takesRowsOfEqualProbabilityTogether() {
    Scores scores = new Scores(2, 4);
    scores.add(new double[] {0.2, 0.8}, 0);
    scores.add(new double[] {0.2, 0.8}, 1);
    scores.add(new double[] {0.6, 0.4}, 1);
    scores.add(new double[] {0.9, 0.1}, 0);
    // Of the two at 0.8 one is a hit: 1/2 at half of the recall, then 2/3 at the rest.
    assertThat(Evaluator.evaluate("test", scores).getAveragePrecision(1))
        .isCloseTo((1.0 / 2 + 2.0 / 3) / 2, within(1e-12));
  }

  @Test
  void comparesProbabilitiesWithSharesInTenGroups() {
    // Each row of four is a group of its own, and the groups in between are empty.
    double no = (0.4 + 0.7 + 0.1 + 0.5) / 4;
    double late = (0.3 + 0.5 + 0.2 + 0.2) / 4;
    double early = (0.1 + 0.2 + 0.1 + 0.7) / 4;
    assertThat(evaluation.getCalibrationError()).isCloseTo((no + late + early) / 3, within(1e-12));
    // In each group of two, mean probability 0.25 and one half positive, or 0.75 and all.
    Scores pairs = new Scores(2, 20);
    for (int i = 0; i < 20; i++) {
      pairs.add(i < 10 ? new double[] {0.75, 0.25} : new double[] {0.25, 0.75}, i < 10 ? i % 2 : 1);
    }
    assertThat(Evaluator.evaluate("test", pairs).getCalibrationError())
        .isCloseTo(0.25, within(1e-12));
  }

  @Test
  void saysWhatActingOnTheHighestRisksFinds() {
    // 40 rows by risk; of the most urgent class are 0, 2, 3, 6, 20, 30, 35, 39.
    Set<Integer> urgent = Set.of(0, 2, 3, 6, 20, 30, 35, 39);
    Scores scores = new Scores(2, 40);
    for (int i = 0; i < 40; i++) {
      scores.add(new double[] {i / 50.0, 1 - i / 50.0}, urgent.contains(i) ? 1 : 0);
    }
    assertThat(Evaluator.evaluate("test", scores).getTopList())
        .containsExactly(
            top(0.05, 2, 1, 1 / 2.0, 1 / 2.0 / 0.2, 1 / 8.0),
            top(0.1, 4, 3, 3 / 4.0, 3 / 4.0 / 0.2, 3 / 8.0),
            top(0.2, 8, 4, 4 / 8.0, 4 / 8.0 / 0.2, 4 / 8.0));
  }

  private static TopShare top(
      double share, long rows, long positives, double value, double lift, double recall) {
    return TopShare.newBuilder()
        .setShare(share)
        .setRows(rows)
        .setPositives(positives)
        .setPositivePredictiveValue(value)
        .setLift(lift)
        .setRecall(recall)
        .build();
  }

  @Test
  void refusesToJudgeNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.evaluate("test", new Scores(3, 0)))
        .withMessage("test: 0 rows (expected: at least 1)");
  }
}
