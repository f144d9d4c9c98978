package dev.alta.training.report;

import dev.alta.training.dataset.Vectors;
import java.util.SplittableRandom;

/** Some rows, drawn without replacement, as vectors that may be changed. */
final class SampledRows {
  private final float[][] vectors;
  private final int[] actual;

  /** Draws at most so many. */
  SampledRows(Vectors rows, int most, SplittableRandom random) {
    int count = Math.min(most, rows.rows());
    int[] order = order(rows.rows());
    shuffle(order, random);
    this.vectors = new float[count][rows.features()];
    this.actual = new int[count];
    for (int i = 0; i < count; i++) {
      rows.copy(order[i], vectors[i]);
      actual[i] = rows.actualClass(order[i]);
    }
  }

  int count() {
    return actual.length;
  }

  float[] vector(int row) {
    return vectors[row];
  }

  int actualClass(int row) {
    return actual[row];
  }

  /** 0, 1, 2, … */
  static int[] order(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
  }
}
