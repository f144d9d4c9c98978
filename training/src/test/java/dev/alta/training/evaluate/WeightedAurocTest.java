package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WeightedAurocTest {
  private static final int ROWS = 40;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void countsARowAsOftenAsItsWeightSays() {
    // Positive 0.8 twice, 0.4 once; negative 0.5 once, 0.3 three times, 0.9 not at all.
    WeightedAuroc auroc =
        WeightedAuroc.ofClass(ofTwo(new double[] {.8, .4, .5, .3, .9}, 1, 1, 0, 0, 0), 1);
    assertThat(auroc.at(new int[] {2, 1, 1, 3, 0})).isCloseTo(11.0 / 12, within(1e-12));
  }

  @Test
  void agreesWithCountingAllPairs() {
    for (int round = 0; round < 200; round++) {
      Scores scores = scores();
      int[] weights = random.ints(ROWS, 0, 4).toArray();
      for (int c = 0; c < 3; c++) {
        assertThat(WeightedAuroc.ofClass(scores, c).at(weights))
            .isCloseTo(byPairs(scores, c, weights), within(1e-12));
      }
    }
  }

  @Test
  void looksAtSomeOfTheRowsOnly() {
    Scores scores = scores();
    int[] weights = random.ints(ROWS, 0, 4).toArray();
    int[] ofEven = weights.clone();
    for (int row = 1; row < ROWS; row += 2) {
      ofEven[row] = 0;
    }
    assertThat(WeightedAuroc.ofClass(scores, 2).only(row -> row % 2 == 0).at(weights))
        .isEqualTo(WeightedAuroc.ofClass(scores, 2).at(ofEven));
    assertThat(MeanAuroc.of(scores).only(row -> row % 2 == 0).at(weights))
        .isEqualTo(MeanAuroc.of(scores).at(ofEven));
  }

  @Test
  void averagesOverTheClasses() {
    Scores scores = scores();
    int[] ones = new int[ROWS];
    Arrays.fill(ones, 1);
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      sum += byPairs(scores, c, ones);
    }
    assertThat(MeanAuroc.of(scores).at(ones)).isCloseTo(sum / 3, within(1e-12));
  }

  @Test
  void ranksAnyReadmissionByHowImprobableNoneIs() {
    Scores scores = scores();
    int[] ones = new int[ROWS];
    Arrays.fill(ones, 1);
    assertThat(WeightedAuroc.ofReadmitted(scores).at(ones))
        .isCloseTo(byPairs(scores, 0, ones), within(1e-12));
  }

  @Test
  void isUndefinedWithoutBothKinds() {
    Scores scores = ofTwo(new double[] {.8, .4, .5}, 1, 1, 0);
    assertThat(WeightedAuroc.ofClass(scores, 1).at(new int[] {1, 1, 0})).isNaN();
    assertThat(WeightedAuroc.ofClass(scores, 1).at(new int[] {0, 0, 2})).isNaN();
    assertThat(MeanAuroc.of(scores).at(new int[3])).isNaN();
  }

  private static double byPairs(Scores scores, int ofClass, int[] weights) {
    double sum = 0;
    double pairs = 0;
    for (int i = 0; i < scores.rows(); i++) {
      for (int j = 0; j < scores.rows(); j++) {
        if (scores.actual(i) == ofClass && scores.actual(j) != ofClass) {
          double difference = scores.probability(i, ofClass) - scores.probability(j, ofClass);
          double pair = (double) weights[i] * weights[j];
          sum += pair * (difference > 0 ? 1 : difference == 0 ? 0.5 : 0);
          pairs += pair;
        }
      }
    }
    return sum / pairs;
  }

  /** With many equal probabilities. */
  private Scores scores() {
    Scores scores = new Scores(3, ROWS);
    for (int row = 0; row < ROWS; row++) {
      double first = random.nextInt(5) / 8.0;
      double second = random.nextInt(4) / 8.0;
      scores.add(new double[] {first, second, 1 - first - second}, random.nextInt(3));
    }
    return scores;
  }

  private static Scores ofTwo(double[] probability, int... actual) {
    Scores scores = new Scores(2, actual.length);
    for (int row = 0; row < actual.length; row++) {
      scores.add(new double[] {1 - probability[row], probability[row]}, actual[row]);
    }
    return scores;
  }
}
