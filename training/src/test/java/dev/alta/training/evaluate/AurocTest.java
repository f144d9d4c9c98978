package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AurocTest {
  @Test
  void countsThePairsInTheRightOrder() {
    // Positives 0.8 and 0.4 against 0.5, 0.3: three of four pairs are in order.
    assertThat(auroc(new double[] {0.8, 0.5, 0.4, 0.3}, true, false, true, false)).isEqualTo(0.75);
  }

  @Test
  void countsEqualScoresHalf() {
    assertThat(auroc(new double[] {0.5, 0.5}, true, false)).isEqualTo(0.5);
    // 0.7 beats both; of the 0.2s one pair is equal, and 0.2 loses to 0.5.
    assertThat(auroc(new double[] {0.7, 0.2, 0.5, 0.2}, true, true, false, false))
        .isEqualTo((2 + 0.5) / 4);
  }

  @Test
  void isOneForPerfectAndZeroForReversedOrder() {
    assertThat(auroc(new double[] {3, 2, 1}, true, false, false)).isEqualTo(1);
    assertThat(auroc(new double[] {1, 2, 3}, true, false, false)).isEqualTo(0);
  }

  @Test
  void isUndefinedWithoutBothKinds() {
    assertThat(auroc(new double[] {1, 2}, true, true)).isNaN();
    assertThat(auroc(new double[] {1, 2}, false, false)).isNaN();
  }

  @Test
  void takesNegativeZeroForZero() {
    assertThat(auroc(new double[] {-0.0, 0.0}, true, false)).isEqualTo(0.5);
  }

  @Test
  void agreesWithCountingAllPairs() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 200; round++) {
      double[] scores = random.doubles(40).map(s -> Math.floor(s * 8) / 8).toArray();
      boolean[] positive = new boolean[40];
      for (int i = 0; i < positive.length; i++) {
        positive[i] = i == 0 || (i > 1 && random.nextBoolean());
      }
      assertThat(auroc(scores, positive)).isCloseTo(byPairs(scores, positive), within(1e-12));
    }
  }

  private static double byPairs(double[] scores, boolean[] positive) {
    double sum = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          sum += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  private static double auroc(double[] scores, boolean... positive) {
    return Auroc.of(scores.length, row -> scores[row], row -> positive[row]);
  }
}
