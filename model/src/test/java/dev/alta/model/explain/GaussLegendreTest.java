package dev.alta.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GaussLegendreTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 6, 13, 40, 127})
  void integratesEveryPowerUpToItsDegree(int degree) {
    GaussLegendre rule = GaussLegendre.forDegree(degree);
    assertThat(rule.size()).isEqualTo(degree / 2 + 1);
    for (int power = 0; power <= degree; power++) {
      double sum = 0;
      for (int i = 0; i < rule.size(); i++) {
        assertThat(rule.point(i)).isStrictlyBetween(0.0, 1.0);
        sum += rule.weight(i) * Math.pow(rule.point(i), power);
      }
      assertThat(sum).isCloseTo(1.0 / (power + 1), within(1e-13));
    }
  }
}
