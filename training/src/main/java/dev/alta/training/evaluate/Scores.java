package dev.alta.training.evaluate;

/**
 * Probabilities and the actual class, row by row.
 *
 * <p>Filled by the one that makes it, not changed afterwards.
 */
public final class Scores {
  private final int classes;
  private final double[] probabilities;
  private final int[] actual;
  private int rows;

  /**
   * Makes room.
   *
   * @param classes how many there are
   * @param capacity rows that will be added
   */
  public Scores(int classes, int capacity) {
    this.classes = classes;
    this.probabilities = new double[Math.multiplyExact(classes, capacity)];
    this.actual = new int[capacity];
  }

  /**
   * Appends a row.
   *
   * @param given probability of each class
   */
  public void add(double[] given, int actualClass) {
    System.arraycopy(given, 0, probabilities, rows * classes, classes);
    actual[rows++] = actualClass;
  }

  public int rows() {
    return rows;
  }

  public int classes() {
    return classes;
  }

  public double probability(int row, int ofClass) {
    return probabilities[row * classes + ofClass];
  }

  public int actual(int row) {
    return actual[row];
  }

  /** The most probable class; the first of equals. */
  public int predicted(int row) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = probability(row, c) > probability(row, best) ? c : best;
    }
    return best;
  }

  /** The share of rows whose most probable class is the actual one. */
  public double accuracy() {
    int hits = 0;
    for (int row = 0; row < rows; row++) {
      hits += predicted(row) == actual[row] ? 1 : 0;
    }
    return (double) hits / rows;
  }
}
