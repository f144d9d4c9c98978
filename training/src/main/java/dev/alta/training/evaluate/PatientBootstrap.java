package dev.alta.training.evaluate;

import dev.alta.training.dataset.RowFacts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws as many patients as there are, with replacement, again and again. All rows of a patient
 * come together, since the encounters of one patient are alike: rows drawn one by one would make
 * figures look more certain than they are.
 *
 * <p>Immutable; the same rows and seed give the same samples.
 */
public final class PatientBootstrap {
  private final int[] patientOfRow;
  private final int patients;
  private final int samples;
  private final long seed;

  /**
   * Prepares to draw.
   *
   * @param samples how many
   * @throws IllegalArgumentException if there are no rows, or less than one sample is asked for
   */
  public PatientBootstrap(RowFacts rows, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " (expected: > 0)");
    }
    if (rows.rows() == 0) {
      throw new IllegalArgumentException("bootstrap: 0 rows (expected: at least 1)");
    }
    Map<Long, Integer> numbers = new HashMap<>();
    this.patientOfRow = new int[rows.rows()];
    for (int row = 0; row < patientOfRow.length; row++) {
      int next = numbers.size();
      patientOfRow[row] = numbers.computeIfAbsent(rows.patient(row), patient -> next);
    }
    this.patients = numbers.size();
    this.samples = samples;
    this.seed = seed;
  }

  /** How many samples there are. */
  public int samples() {
    return samples;
  }

  /** Gives the samples one after the other. */
  public void each(SampleWeights weights) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[patients];
    int[] weightOfRow = new int[patientOfRow.length];
    for (int sample = 0; sample < samples; sample++) {
      Arrays.fill(drawn, 0);
      for (int i = 0; i < patients; i++) {
        drawn[random.nextInt(patients)]++;
      }
      for (int row = 0; row < weightOfRow.length; row++) {
        weightOfRow[row] = drawn[patientOfRow[row]];
      }
      weights.accept(sample, weightOfRow);
    }
  }
}
