package dev.alta.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class StabilityIndexTest {
  @Test
  void isTheSumOverTheBinsThatOneCanComputeByHand() {
    // Shares 0.5 and 0.5 against (75 + 0.5) / 101 and (25 + 0.5) / 101.
    double found = 75.5 / 101;
    double byHand =
        (found - 0.5) * Math.log(found / 0.5) + (0.5 - found) * Math.log((1 - found) / 0.5);
    assertThat(StabilityIndex.of(new long[] {50, 50}, new long[] {75, 25}))
        .isCloseTo(byHand, within(1e-12))
        .isCloseTo(0.26867678, within(1e-8));
    assertThat(StabilityIndex.of(new long[] {600, 300, 100}, new long[] {300, 300, 400}))
        .isCloseTo(0.62011191, within(1e-8));
    assertThat(StabilityIndex.of(new long[] {90, 10, 0}, new long[] {45, 5, 50}))
        .isCloseTo(2.57499355, within(1e-8));
  }

  @Test
  void isNothingWhereSharesAreEqualOrThereAreNoRows() {
    assertThat(StabilityIndex.of(new long[] {600, 300, 100}, new long[] {60, 30, 10}))
        .isCloseTo(0, within(1e-4));
    assertThat(StabilityIndex.of(new long[] {600, 300}, new long[] {0, 0})).isZero();
    assertThat(StabilityIndex.of(new long[] {0, 0}, new long[] {1, 2})).isZero();
  }

  @Test
  void leavesOutBinsThatAreEmptyOnBothSides() {
    assertThat(StabilityIndex.of(new long[] {50, 0, 50}, new long[] {75, 0, 25}))
        .isEqualTo(StabilityIndex.of(new long[] {50, 50}, new long[] {75, 25}));
  }

  @Test
  void takesRareValuesThatFewRowsDoNotShowForNoChange() {
    long[] reference = new long[50];
    long[] actual = new long[50];
    java.util.Arrays.fill(reference, 5);
    reference[0] = 100_000;
    actual[0] = 200;
    assertThat(StabilityIndex.of(reference, actual)).isLessThan(0.01);
  }

  @Test
  void saysWhatChanceAloneStaysBelow() {
    // Chi-square at 0.999: 13.816 for 2 degrees, 27.877 for 9.
    assertThat(StabilityIndex.chance(new long[] {500, 300, 200}, new long[] {50, 30, 20}))
        .isCloseTo(13.816 * (1 / 1000.0 + 1 / 100.0), within(0.004));
    long[] tenth = new long[10];
    java.util.Arrays.fill(tenth, 100);
    assertThat(StabilityIndex.chance(tenth, tenth)).isCloseTo(27.877 * 0.002, within(1e-3));
    assertThat(StabilityIndex.chance(new long[] {5, 0}, new long[] {7, 0})).isZero();
  }

  @Test
  void exceedsChanceAboutOnceInAThousandSamplesOfTheSamePopulation() {
    Random random = new Random(5);
    int beyond = 0;
    for (int sample = 0; sample < 2_000; sample++) {
      long[] reference = draw(random, 5_000);
      long[] actual = draw(random, 500);
      beyond +=
          StabilityIndex.of(reference, actual) > StabilityIndex.chance(reference, actual) ? 1 : 0;
    }
    assertThat(beyond).isBetween(0, 10);
  }

  private static long[] draw(Random random, int rows) {
    long[] counts = new long[5];
    for (int i = 0; i < rows; i++) {
      counts[(int) (5 * Math.pow(random.nextDouble(), 2))]++;
    }
    return counts;
  }
}
