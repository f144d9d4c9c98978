package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FigureSetTest {
  private static final List<String> CLASSES = List.of("NO", ">30", "<30");
  private static final int ROWS = 137;

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void givesForWeightsWhatRepeatedRowsGive() {
    for (int round = 0; round < 30; round++) {
      Scores scores = scores();
      int[] weights = random.ints(ROWS, 0, 4).toArray();
      Scores repeated = repeated(scores, weights);
      assertThat(whole(scores).at(weights))
          .containsExactly(whole(repeated).at(ones(repeated.rows())), within(1e-12));
    }
  }

  @Test
  void givesForASubgroupWhatItsRowsGiveByThemselves() {
    Scores scores = scores();
    int[] weights = random.ints(ROWS, 0, 4).toArray();
    int[] ofThird = weights.clone();
    Arrays.setAll(ofThird, row -> row % 3 == 0 ? weights[row] : 0);
    Scores alone = repeated(scores, ofThird);
    FigureSet subgroup =
        FigureSet.subgroup(scores, Orders.of(scores), CLASSES, row -> row % 3 == 0);
    double[] found = subgroup.at(weights);
    double[] expected = whole(alone).at(ones(alone.rows()));
    for (int i = 0; i < found.length; i++) {
      String name = subgroup.names().get(i);
      assertThat(found[i])
          .as(name)
          .isCloseTo(expected[whole(alone).names().indexOf(name)], within(1e-12));
    }
    assertThat(subgroup.names())
        .contains("mean_auroc", "accuracy", "auroc.<30", "calibration_error");
  }

  private static FigureSet whole(Scores scores) {
    return FigureSet.whole(scores, Orders.of(scores), CLASSES);
  }

  private static int[] ones(int rows) {
    int[] ones = new int[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** With some equal probabilities. */
  private Scores scores() {
    Scores scores = new Scores(3, ROWS);
    for (int row = 0; row < ROWS; row++) {
      double first = random.nextInt(50) / 100.0;
      double second = random.nextInt(50) / 100.0;
      scores.add(new double[] {first, second, 1 - first - second}, random.nextInt(3));
    }
    return scores;
  }

  private static Scores repeated(Scores scores, int[] weights) {
    Scores repeated = new Scores(3, Arrays.stream(weights).sum());
    for (int row = 0; row < scores.rows(); row++) {
      double[] given = {
        scores.probability(row, 0), scores.probability(row, 1), scores.probability(row, 2)
      };
      for (int i = 0; i < weights[row]; i++) {
        repeated.add(given, scores.actual(row));
      }
    }
    return repeated;
  }
}
