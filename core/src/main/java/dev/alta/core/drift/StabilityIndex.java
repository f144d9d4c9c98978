package dev.alta.core.drift;

/**
 * The population stability index of counts in bins: the sum over the bins of (a - e) ln(a / e),
 * where e and a are the shares of the reference and of the rows that are compared.
 *
 * <p>Shares must not be 0. The reference gets half a row more in each bin (Jeffreys' prior of a
 * multinomial distribution). The compared rows get as many more in sum, dealt out as the reference
 * is: the same half row in each bin would make every rare value that a few hundred rows do not show
 * look like a change. Bins that are empty on both sides are left out.
 */
final class StabilityIndex {
  // 99.9% of a normal distribution.
  private static final double RARE = 3.0902;

  private StabilityIndex() {}

  /** The index, from 0 on; 0 where either side has no rows. */
  static double of(long[] reference, long[] actual) {
    double referenceRows = sum(reference);
    double rows = sum(actual);
    if (referenceRows == 0 || rows == 0) {
      return 0;
    }
    int bins = bins(reference, actual);
    double added = bins / 2.0;
    double index = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] + actual[i] > 0) {
        double expected = (reference[i] + 0.5) / (referenceRows + added);
        double found = (actual[i] + added * expected) / (rows + added);
        index += (found - expected) * Math.log(found / expected);
      }
    }
    return index;
  }

  /**
   * What the index of an unchanged population stays below in 999 of 1,000 cases: it is distributed
   * as (1/n + 1/m) times a chi-square of one degree less than there are bins (Yurdakul and Naranjo,
   * Statistical properties of the population stability index, 2020). The quantile is that of Wilson
   * and Hilferty (1931).
   */
  static double chance(long[] reference, long[] actual) {
    double referenceRows = sum(reference);
    double rows = sum(actual);
    int degrees = bins(reference, actual) - 1;
    if (referenceRows == 0 || rows == 0 || degrees < 1) {
      return 0;
    }
    double part = 2.0 / (9 * degrees);
    double quantile = degrees * Math.pow(1 - part + RARE * Math.sqrt(part), 3);
    return quantile * (1 / referenceRows + 1 / rows);
  }

  private static int bins(long[] reference, long[] actual) {
    int bins = 0;
    for (int i = 0; i < reference.length; i++) {
      bins += reference[i] + actual[i] > 0 ? 1 : 0;
    }
    return bins;
  }

  private static double sum(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
