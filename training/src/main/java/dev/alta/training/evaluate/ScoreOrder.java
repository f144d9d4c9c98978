package dev.alta.training.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Rows from the highest score to the lowest, sorted once: what depends on the order alone is then
 * one pass over them for each sample of a bootstrap. Of equal scores, the row that comes first in
 * the data comes first.
 */
final class ScoreOrder {
  private final int[] rows;
  private final double[] scores;
  // All bits set where a row is positive, none where it is not: "weight & mask" is the weight of a
  // positive, and no branch that a processor would have to guess.
  private final int[] positive;
  // Whether a row is the last of those with its score.
  private final boolean[] last;

  private ScoreOrder(int[] rows, double[] scores, int[] positive) {
    this.rows = rows;
    this.scores = scores;
    this.positive = positive;
    this.last = new boolean[rows.length];
    for (int i = 0; i < last.length; i++) {
      last[i] = i + 1 == last.length || scores[i] != scores[i + 1];
    }
  }

  static ScoreOrder of(int count, IntToDoubleFunction score, IntPredicate positive) {
    int[] rows =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -score.applyAsDouble(row)))
            .mapToInt(row -> row)
            .toArray();
    double[] scores = new double[count];
    int[] positives = new int[count];
    for (int i = 0; i < count; i++) {
      scores[i] = score.applyAsDouble(rows[i]);
      positives[i] = positive.test(rows[i]) ? -1 : 0;
    }
    return new ScoreOrder(rows, scores, positives);
  }

  /** One class against the rest, by its probability. */
  static ScoreOrder ofClass(Scores scores, int ofClass) {
    return of(
        scores.rows(),
        row -> scores.probability(row, ofClass),
        row -> scores.actual(row) == ofClass);
  }

  /** Some of the rows, in the same order. */
  ScoreOrder only(IntPredicate which) {
    int[] places = IntStream.range(0, rows.length).filter(i -> which.test(rows[i])).toArray();
    return new ScoreOrder(
        Arrays.stream(places).map(place -> rows[place]).toArray(),
        Arrays.stream(places).mapToDouble(place -> scores[place]).toArray(),
        Arrays.stream(places).map(place -> positive[place]).toArray());
  }

  int size() {
    return rows.length;
  }

  /** The row at a place of the order. */
  int row(int place) {
    return rows[place];
  }

  double score(int place) {
    return scores[place];
  }

  boolean isPositive(int place) {
    return positive[place] != 0;
  }

  /** -1 where a row is positive, else 0. */
  int positiveMask(int place) {
    return positive[place];
  }

  /** Whether no further row has the same score. */
  boolean isLastOfEquals(int place) {
    return last[place];
  }

  /** How many rows there are, each counted as often as its weight says. */
  long total(int[] weightOfRow) {
    long total = 0;
    for (int row : rows) {
      total += weightOfRow[row];
    }
    return total;
  }
}
