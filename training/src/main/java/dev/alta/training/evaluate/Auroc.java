package dev.alta.training.evaluate;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * Area under the receiver operating characteristic, from ranks: for the one time. Where the same
 * rows are weighted again and again, {@link WeightedAuroc} is faster.
 */
public final class Auroc {
  private Auroc() {}

  /**
   * The chance that a positive row has a higher score than a negative one; equal scores count half.
   *
   * @return from 0 to 1; NaN where all rows are positive or none is
   */
  public static double of(int rows, IntToDoubleFunction score, IntPredicate positive) {
    double[] sorted = new double[rows];
    double[] positives = new double[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      // Adding 0.0 makes -0.0 and 0.0 one value for the sort as well.
      sorted[row] = score.applyAsDouble(row) + 0.0;
      if (positive.test(row)) {
        positives[count++] = sorted[row];
      }
    }
    Arrays.sort(sorted);
    Arrays.sort(positives, 0, count);
    double pairs = (double) count * (rows - count);
    return (rankSum(sorted, positives, count) - (double) count * (count + 1) / 2) / pairs;
  }

  /** The mean over the classes of one class against the rest; NaN where a class does not occur. */
  public static double mean(Scores scores) {
    double sum = 0;
    for (int c = 0; c < scores.classes(); c++) {
      int ofClass = c;
      sum +=
          of(
              scores.rows(),
              row -> scores.probability(row, ofClass),
              row -> scores.actual(row) == ofClass);
    }
    return sum / scores.classes();
  }

  /** Sum of the positives' ranks among all, from 1 on; equal scores share their mean rank. */
  private static double rankSum(double[] sorted, double[] positives, int count) {
    double sum = 0;
    int first = 0;
    for (int i = 0; i < count; i++) {
      while (sorted[first] < positives[i]) {
        first++;
      }
      int last = first;
      while (last + 1 < sorted.length && sorted[last + 1] == positives[i]) {
        last++;
      }
      int equals = 1;
      while (i + 1 < count && positives[i + 1] == positives[i]) {
        equals++;
        i++;
      }
      sum += equals * ((first + 1 + last + 1) / 2.0);
      first = last;
    }
    return sum;
  }
}
