package dev.alta.training.dataset;

/**
 * The rows of one side as vectors, one after the other in one array, and their classes.
 *
 * <p>Filled by {@link TrainingData}, not changed afterwards.
 */
public final class Vectors {
  private final int features;
  private final float[] values;
  private final int[] classes;
  private int rows;

  /**
   * Makes room.
   *
   * @param features length of a vector
   * @param capacity rows that will be added
   */
  public Vectors(int features, int capacity) {
    this.features = features;
    this.values = new float[Math.multiplyExact(features, capacity)];
    this.classes = new int[capacity];
  }

  /**
   * Appends a row.
   *
   * @throws IllegalStateException if there are more than was said
   */
  public void add(float[] vector, int actualClass) {
    if (rows == classes.length) {
      throw new IllegalStateException("more rows than before (expected: " + rows + ")");
    }
    System.arraycopy(vector, 0, values, rows * features, features);
    classes[rows++] = actualClass;
  }

  public int rows() {
    return rows;
  }

  public int features() {
    return features;
  }

  /** A feature of a row; NaN where missing. */
  public float value(int row, int feature) {
    return values[row * features + feature];
  }

  /** Copies a row. */
  public void copy(int row, float[] vector) {
    System.arraycopy(values, row * features, vector, 0, features);
  }

  /** The index of a row's actual class. */
  public int actualClass(int row) {
    return classes[row];
  }

  /** How many rows are of each class. */
  public long[] counts(int numberOfClasses) {
    long[] counts = new long[numberOfClasses];
    for (int row = 0; row < rows; row++) {
      counts[classes[row]]++;
    }
    return counts;
  }
}
