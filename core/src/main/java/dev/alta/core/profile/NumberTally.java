package dev.alta.core.profile;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of a column over some rows. Exact as long as there are no more than 2,000 different
 * ones; from then on each is taken for another that differs from it by less than 1%. The same in
 * whatever order it is put together, but for the last digits of the sum.
 */
final class NumberTally implements Serializable {
  private static final int SMALL = 256;
  private static final int MOST_DIFFERENT = 2_000;
  private static final double STEP = Math.log(1.01);

  // Whole numbers from 0 to 255, the most frequent ones by far.
  private final long[] small = new long[SMALL];
  private final TreeMap<Double, Long> others = new TreeMap<>();
  private boolean rounded;
  private long count;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(double value, long number) {
    count += number;
    sum += value * number;
    min = Math.min(min, value);
    max = Math.max(max, value);
    put(value, number);
  }

  void add(NumberTally other) {
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    for (int i = 0; i < SMALL; i++) {
      small[i] += other.small[i];
    }
    if (other.rounded && !rounded) {
      round();
    }
    other.others.forEach(this::put);
  }

  long count() {
    return count;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double mean() {
    return sum / count;
  }

  /** Of all rows, not of a sample. */
  double standardDeviation() {
    double mean = mean();
    double squares = 0;
    for (Map.Entry<Double, Long> value : counts().entrySet()) {
      squares += (value.getKey() - mean) * (value.getKey() - mean) * value.getValue();
    }
    return Math.sqrt(squares / count);
  }

  /** The smallest number that at least this share of the rows does not exceed. */
  double quantile(double share) {
    double rest = share * count;
    double last = max;
    for (Map.Entry<Double, Long> value : counts().entrySet()) {
      last = value.getKey();
      rest -= value.getValue();
      if (rest <= 0) {
        break;
      }
    }
    return Math.max(min, Math.min(max, last));
  }

  /** Whether all of them are whole. */
  boolean isWhole() {
    return others.keySet().stream().allMatch(value -> value == Math.rint(value));
  }

  /** How many of each number, rising. */
  SortedMap<Double, Long> counts() {
    TreeMap<Double, Long> counts = new TreeMap<>(others);
    for (int i = 0; i < SMALL; i++) {
      if (small[i] > 0) {
        counts.merge((double) i, small[i], Long::sum);
      }
    }
    return counts;
  }

  private void put(double value, long number) {
    if (value >= 0 && value < SMALL && value == (int) value) {
      small[(int) value] += number;
    } else {
      others.merge(rounded ? near(value) : value, number, Long::sum);
      if (!rounded && others.size() > MOST_DIFFERENT) {
        round();
      }
    }
  }

  private void round() {
    rounded = true;
    TreeMap<Double, Long> exact = new TreeMap<>(others);
    others.clear();
    exact.forEach((value, number) -> others.merge(near(value), number, Long::sum));
  }

  /** One of the numbers that are 1% apart from each other. */
  private static double near(double value) {
    if (Math.abs(value) < 1e-9) {
      return 0;
    }
    return Math.signum(value) * Math.exp(STEP * Math.rint(Math.log(Math.abs(value)) / STEP));
  }
}
