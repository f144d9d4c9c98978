package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.Evaluation;
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
  void refusesToJudgeNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.evaluate("test", new Scores(3, 0)))
        .withMessage("test: 0 rows (expected: at least 1)");
  }
}
