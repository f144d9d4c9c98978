package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.proto.v1.RiskScale;
import org.junit.jupiter.api.Test;

final class RiskScalesTest {
  @Test
  void callsATenthHighAndTheNextFifthMedium() {
    RiskScale scale = RiskScales.of(scores(1_000));
    assertThat(count(scale.getHighFrom(), 2)).isEqualTo(100);
    assertThat(count(scale.getMediumFrom(), scale.getHighFrom())).isEqualTo(200);
  }

  @Test
  void keepsTheQuantiles() {
    RiskScale scale = RiskScales.of(scores(1_000));
    assertThat(scale.getQuantilesList()).hasSize(1_001).isSorted();
    assertThat(scale.getQuantiles(0)).isEqualTo(0f);
    assertThat(scale.getQuantiles(500)).isEqualTo(0.4995f);
    assertThat(scale.getQuantiles(1_000)).isEqualTo(0.999f);
  }

  @Test
  void isMadeFromASingleRowToo() {
    RiskScale scale = RiskScales.of(scores(1));
    assertThat(scale.getQuantilesList()).hasSize(1_001).containsOnly(0f);
  }

  private static long count(float from, float below) {
    long count = 0;
    for (int i = 0; i < 1_000; i++) {
      float probability = (float) (i / 1_000.0);
      count += probability >= from && probability < below ? 1 : 0;
    }
    return count;
  }

  /** The most urgent class has 0.000, 0.001, 0.002 and so on. */
  private static Scores scores(int rows) {
    Scores scores = new Scores(2, rows);
    for (int i = 0; i < rows; i++) {
      scores.add(new double[] {1 - i / 1_000.0, i / 1_000.0}, i % 2);
    }
    return scores;
  }
}
