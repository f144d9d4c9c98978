package dev.alta.training.evaluate;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How often each class was taken for each. */
final class Confusion {
  private final int classes;
  // Row: actual class. Column: predicted class.
  private final long[] counts;

  private Confusion(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /** For each row, its place among the counts. */
  static int[] cells(Scores scores) {
    int[] cells = new int[scores.rows()];
    Arrays.setAll(cells, row -> scores.actual(row) * scores.classes() + scores.predicted(row));
    return cells;
  }

  static Confusion of(int classes, int[] cells, int[] weightOfRow) {
    long[] counts = new long[classes * classes];
    for (int row = 0; row < cells.length; row++) {
      counts[cells[row]] += weightOfRow[row];
    }
    return new Confusion(classes, counts);
  }

  /** Row by row: actual class, then predicted class. */
  LongStream counts() {
    return Arrays.stream(counts);
  }

  double majorityShare() {
    return (double) IntStream.range(0, classes).mapToLong(this::actual).max().orElseThrow()
        / total();
  }

  double macroPrecision() {
    return mean(this::precision);
  }

  double macroRecall() {
    return mean(this::recall);
  }

  double macroF1() {
    return mean(this::f1);
  }

  // A class that never occurs or is never predicted has 0, as is usual.
  private double precision(int c) {
    return ratio(hits(c), predicted(c));
  }

  private double recall(int c) {
    return ratio(hits(c), actual(c));
  }

  private double f1(int c) {
    return ratio(2 * hits(c), actual(c) + predicted(c));
  }

  private long hits(int c) {
    return counts[c * classes + c];
  }

  private long actual(int c) {
    return IntStream.range(0, classes).mapToLong(other -> counts[c * classes + other]).sum();
  }

  private long predicted(int c) {
    return IntStream.range(0, classes).mapToLong(other -> counts[other * classes + c]).sum();
  }

  private long total() {
    return Arrays.stream(counts).sum();
  }

  private double mean(IntToDoubleFunction figure) {
    return IntStream.range(0, classes).mapToDouble(figure).average().orElseThrow();
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
