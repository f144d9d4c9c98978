package dev.alta.training.trees;

import dev.alta.training.dataset.Vectors;
import java.util.SplittableRandom;

/** Makes vectors of three classes with a signal, an eighth of the values missing. */
final class RandomVectors {
  static final int FEATURES = 6;

  private RandomVectors() {}

  static Vectors of(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Vectors vectors = new Vectors(FEATURES, rows);
    float[] vector = new float[FEATURES];
    for (int row = 0; row < rows; row++) {
      double signal = 0;
      for (int i = 0; i < FEATURES; i++) {
        float value = i < 3 ? random.nextInt(4) : (float) random.nextDouble(-2, 2);
        boolean missing = random.nextInt(8) == 0;
        vector[i] = missing ? Float.NaN : value;
        signal += missing ? (i == 1 ? 2 : 0) : value * (i + 1) / 4;
      }
      signal += random.nextDouble(-1, 1);
      vectors.add(vector, signal < 1 ? 0 : signal < 4 ? 1 : 2);
    }
    return vectors;
  }
}
