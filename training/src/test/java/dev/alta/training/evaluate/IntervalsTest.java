package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IntervalsTest {
  @Test
  void isTheMiddleOfTheValues() {
    double[] values = IntStream.rangeClosed(0, 1_000).mapToDouble(i -> 1_000 - i).toArray();
    assertThat(Intervals.middle95(values))
        .hasValueSatisfying(
            interval -> {
              assertThat(interval.getLow()).isCloseTo(25, within(1e-9));
              assertThat(interval.getHigh()).isCloseTo(975, within(1e-9));
            });
  }

  @Test
  void leavesOutAFewSamplesThatDoNotGiveTheFigure() {
    double[] values = new double[100];
    Arrays.fill(values, 0.7);
    Arrays.fill(values, 0, 5, Double.NaN);
    assertThat(Intervals.middle95(values))
        .hasValueSatisfying(interval -> assertThat(interval.getLow()).isEqualTo(0.7));
    Arrays.fill(values, 0, 6, Double.NaN);
    assertThat(Intervals.middle95(values)).isEmpty();
    assertThat(Intervals.middle95(new double[0])).isEmpty();
  }
}
