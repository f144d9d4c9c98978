package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PatientBootstrapTest {
  private static final int SAMPLES = 2_000;
  private static final long[] PATIENTS = {7, 8, 7, 9, 7, 8, 6, 5};

  @Test
  void drawsAsManyPatientsAsThereAre() {
    for (int[] weights : samples(3)) {
      // One row of each patient: 7, 8, 9, 6, 5.
      assertThat(weights[0] + weights[1] + weights[3] + weights[6] + weights[7]).isEqualTo(5);
    }
  }

  @Test
  void takesAllRowsOfAPatientTogether() {
    for (int[] weights : samples(3)) {
      assertThat(weights[2]).isEqualTo(weights[0]);
      assertThat(weights[4]).isEqualTo(weights[0]);
      assertThat(weights[5]).isEqualTo(weights[1]);
    }
  }

  @Test
  void drawsEveryPatientEquallyOften() {
    double[] means = new double[PATIENTS.length];
    double absent = 0;
    for (int[] weights : samples(3)) {
      for (int row = 0; row < weights.length; row++) {
        means[row] += (double) weights[row] / SAMPLES;
      }
      absent += weights[0] == 0 ? 1.0 / SAMPLES : 0;
    }
    assertThat(means).satisfies(m -> assertThat(m).containsExactly(ones(), within(0.08)));
    // As drawing with replacement has it: (4/5)^5.
    assertThat(absent).isCloseTo(0.328, within(0.03));
  }

  @Test
  void drawsTheSameFromTheSameSeed() {
    assertThat(samples(3)).isDeepEqualTo(samples(3));
    assertThat(Arrays.deepEquals(samples(3), samples(4))).isFalse();
  }

  @Test
  void refusesToDrawNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatientBootstrap(PatientRows.of(1, 2), 0, 1))
        .withMessage("samples: 0 (expected: > 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatientBootstrap(PatientRows.of(), 10, 1))
        .withMessage("bootstrap: 0 rows (expected: at least 1)");
  }

  private static double[] ones() {
    double[] ones = new double[PATIENTS.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static int[][] samples(long seed) {
    List<int[]> samples = new ArrayList<>();
    new PatientBootstrap(PatientRows.of(PATIENTS), SAMPLES, seed)
        .each(
            (sample, weights) -> {
              assertThat(sample).isEqualTo(samples.size());
              samples.add(weights.clone());
            });
    assertThat(samples).hasSize(SAMPLES);
    return samples.toArray(int[][]::new);
  }
}
