package dev.alta.training.leak;

import dev.alta.training.dataset.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes up rows of the most urgent class until it is as frequent as the most frequent one: each
 * lies somewhere between a row of the class and one of its nearest neighbours of the class, as
 * SMOTE has it (Chawla et al. 2002). Neighbours are looked for among some of the rows only, which
 * makes no difference to what it shows.
 */
final class Oversampling {
  private static final int CANDIDATES = 200;
  private static final int NEIGHBOURS = 5;

  private final Vectors rows;
  private final int[] ofClass;
  private final SplittableRandom random;

  private Oversampling(Vectors rows, int urgent, long seed) {
    this.rows = rows;
    this.ofClass =
        IntStream.range(0, rows.rows()).filter(row -> rows.actualClass(row) == urgent).toArray();
    this.random = new SplittableRandom(seed);
  }

  /** All rows, followed by those that are made up. */
  static Vectors fillUp(Vectors rows, int classes, long seed) {
    int urgent = classes - 1;
    long[] counts = rows.counts(classes);
    int missing = (int) (Arrays.stream(counts).max().orElse(0) - counts[urgent]);
    Vectors filled = new Vectors(rows.features(), rows.rows() + missing);
    float[] vector = new float[rows.features()];
    for (int row = 0; row < rows.rows(); row++) {
      rows.copy(row, vector);
      filled.add(vector, rows.actualClass(row));
    }
    Oversampling oversampling = new Oversampling(rows, urgent, seed);
    for (int i = 0; i < missing; i++) {
      oversampling.makeUp(vector);
      filled.add(vector, urgent);
    }
    return filled;
  }

  private void makeUp(float[] vector) {
    int row = ofClass[random.nextInt(ofClass.length)];
    int neighbour = neighbour(row);
    float way = (float) random.nextDouble();
    for (int i = 0; i < vector.length; i++) {
      float from = rows.value(row, i);
      float to = rows.value(neighbour, i);
      vector[i] = Float.isNaN(from) || Float.isNaN(to) ? from : from + way * (to - from);
    }
  }

  /** One of the nearest. */
  private int neighbour(int row) {
    int[] candidates = new int[CANDIDATES];
    double[] distances = new double[CANDIDATES];
    for (int i = 0; i < CANDIDATES; i++) {
      candidates[i] = ofClass[random.nextInt(ofClass.length)];
      distances[i] = candidates[i] == row ? Double.POSITIVE_INFINITY : distance(row, candidates[i]);
    }
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double chosen = sorted[random.nextInt(NEIGHBOURS)];
    for (int i = 0; i < CANDIDATES; i++) {
      if (distances[i] == chosen) {
        return candidates[i];
      }
    }
    return row;
  }

  private double distance(int row, int other) {
    double sum = 0;
    for (int i = 0; i < rows.features(); i++) {
      float difference = rows.value(row, i) - rows.value(other, i);
      // What is missing on one side counts like another value.
      sum += Float.isNaN(difference) ? 1 : difference * difference;
    }
    return sum;
  }
}
