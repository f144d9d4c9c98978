package dev.alta.core.generate;

import dev.alta.core.contract.Column;
import java.util.random.RandomGenerator;

/**
 * Draws the values of number columns: counts with more spread than Poisson, as hospital counts
 * have.
 */
final class Numbers {
  // Most patients had no earlier visit, a few had many; stays and tests spread less.
  private static final double SHAPE_OF_RARE = 0.5;
  private static final double SHAPE_OF_COMMON = 4;

  private Numbers() {}

  /** A value with about the column's mean and within its range. */
  static double draw(Column column, RandomGenerator random) {
    double above = column.mean() - column.min();
    double rate = gamma(shape(column), random) * above / shape(column);
    double value = column.type() == Column.Type.WHOLE ? poisson(rate, random) : rate;
    return Math.min(column.max(), column.min() + value);
  }

  /** Standard deviation of {@link #draw} before it is cut to the range. */
  static double deviation(Column column) {
    double above = column.mean() - column.min();
    double ofRate = above * above / shape(column);
    return Math.sqrt(column.type() == Column.Type.WHOLE ? above + ofRate : ofRate);
  }

  private static double shape(Column column) {
    return column.mean() - column.min() < 1 ? SHAPE_OF_RARE : SHAPE_OF_COMMON;
  }

  /** Marsaglia and Tsang 2000; a shape below 1 is raised by the usual power of a uniform number. */
  private static double gamma(double shape, RandomGenerator random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** Knuth's product method; a normal approximation where the product would be long. */
  private static double poisson(double rate, RandomGenerator random) {
    if (rate > 60) {
      return Math.max(0, Math.rint(rate + Math.sqrt(rate) * random.nextGaussian()));
    }
    double limit = Math.exp(-rate);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
