package dev.alta.training.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CurveTest {
  private static Curve curve(double... values) {
    Curve curve = new Curve();
    for (int i = 0; i < values.length; i++) {
      curve.add((i + 1) * 10, values[i]);
    }
    return curve;
  }

  @Test
  void prefersAHillToASinglePeak() {
    Curve curve = curve(0.5, 0.69, 0.5, 0.6, 0.65, 0.66, 0.65, 0.6);
    assertThat(curve.best().rounds()).isEqualTo(60);
    assertThat(curve.best().value()).isCloseTo((0.65 + 0.66 + 0.65) / 3, within(1e-12));
  }

  @Test
  void takesTheFewestRoundsOfEquals() {
    assertThat(curve(0.6, 0.6, 0.6, 0.6).best().rounds()).isEqualTo(10);
  }

  @Test
  void knowsWhatWasBestBefore() {
    Curve curve = curve(0.5, 0.6, 0.7, 0.8);
    assertThat(curve.bestUpTo(30).rounds()).isEqualTo(30);
    // What came later must not have its part in it.
    assertThat(curve.bestUpTo(30).value()).isCloseTo(0.65, within(1e-12));
    assertThatIllegalStateException().isThrownBy(() -> curve.bestUpTo(5));
  }
}
