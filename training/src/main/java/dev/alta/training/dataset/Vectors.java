package dev.alta.training.dataset;

import java.util.Arrays;
import java.util.List;

/**
 * The rows of one side as vectors, and their classes. Only what is not missing is held, row by row,
 * since most of a row's features are answers no.
 *
 * <p>Filled by {@link TrainingData}, not changed afterwards.
 */
public final class Vectors {
  /** Takes what a row has. */
  @FunctionalInterface
  public interface Entries {
    /** Called for each feature that is not missing, in the order of the vector. */
    void accept(int feature, float value);
  }

  private static final int USUAL_ENTRIES = 48;

  private final int features;
  private final int[] classes;
  // Where a row's entries begin; one more than there are rows.
  private final int[] starts;
  private char[] indices;
  private float[] values;
  private int rows;

  /**
   * Makes room.
   *
   * @param features length of a vector; at most 65,535
   * @param capacity rows that will be added
   */
  public Vectors(int features, int capacity) {
    this(
        features,
        capacity,
        Math.max(1, Math.multiplyExact(Math.min(features, USUAL_ENTRIES), capacity)));
  }

  private Vectors(int features, int capacity, int entries) {
    if (features > Character.MAX_VALUE) {
      throw new IllegalArgumentException(
          "features: " + features + " (expected: at most " + (int) Character.MAX_VALUE + ")");
    }
    this.features = features;
    this.classes = new int[capacity];
    this.starts = new int[capacity + 1];
    this.indices = new char[entries];
    this.values = new float[entries];
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
    int end = starts[rows];
    for (int feature = 0; feature < features; feature++) {
      if (!Float.isNaN(vector[feature])) {
        reserve(end + 1);
        indices[end] = (char) feature;
        values[end++] = vector[feature];
      }
    }
    classes[rows++] = actualClass;
    starts[rows] = end;
  }

  private void reserve(int entries) {
    if (entries > values.length) {
      int length = Math.addExact(entries, values.length / 2);
      indices = Arrays.copyOf(indices, length);
      values = Arrays.copyOf(values, length);
    }
  }

  public int rows() {
    return rows;
  }

  public int features() {
    return features;
  }

  /** Values of all rows that are not missing. */
  public int entries() {
    return starts[rows];
  }

  /** How many values of a row are not missing. */
  public int entries(int row) {
    return starts[row + 1] - starts[row];
  }

  /** A feature of a row; NaN where missing. */
  public float value(int row, int feature) {
    int found = Arrays.binarySearch(indices, starts[row], starts[row + 1], (char) feature);
    return found < 0 ? Float.NaN : values[found];
  }

  /** For each feature, in how many rows it is not missing. */
  public int[] present() {
    int[] present = new int[features];
    for (int i = 0; i < starts[rows]; i++) {
      present[indices[i]]++;
    }
    return present;
  }

  /** Goes through what a row has. */
  public void each(int row, Entries entries) {
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      entries.accept(indices[i], values[i]);
    }
  }

  /** Writes a row; NaN where missing. */
  public void copy(int row, float[] vector) {
    Arrays.fill(vector, 0, features, Float.NaN);
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      vector[indices[i]] = values[i];
    }
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

  /** The same rows with fewer features. */
  public Vectors only(FeatureChoice choice) {
    return joined(choice, List.of(this));
  }

  /** The rows of several sides, one after the other, with fewer features. */
  public static Vectors joined(FeatureChoice choice, List<Vectors> parts) {
    // No more than is needed: of a million rows, each copy counts.
    Vectors all =
        new Vectors(
            choice.size(),
            parts.stream().mapToInt(Vectors::rows).sum(),
            parts.stream().mapToInt(Vectors::entries).sum());
    float[] chosen = new float[choice.size()];
    for (Vectors part : parts) {
      float[] vector = new float[part.features];
      for (int row = 0; row < part.rows; row++) {
        part.copy(row, vector);
        choice.apply(vector, chosen);
        all.add(chosen, part.classes[row]);
      }
    }
    return all;
  }
}
