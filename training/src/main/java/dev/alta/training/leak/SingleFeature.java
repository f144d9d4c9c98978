package dev.alta.training.leak;

import dev.alta.training.dataset.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * What one feature tells by itself.
 *
 * @param outcome which it tells: a class, or any readmission
 * @param auroc of the feature's value as a score, whichever way round it is better
 */
record SingleFeature(String feature, String outcome, double auroc) {
  private static final SingleFeature NONE = new SingleFeature("", "", 0);
  private static final int CLASS_BITS = 8;

  /**
   * The one that tells most of the most urgent class, or of any readmission. A missing value counts
   * as smaller than all others or as larger, whichever tells more: trees may send it either way.
   */
  static SingleFeature strongest(Vectors rows, List<String> features, List<String> classes) {
    int mostUrgent = classes.size() - 1;
    SingleFeature strongest = NONE;
    for (int feature = 0; feature < rows.features(); feature++) {
      // Sorted once for both outcomes.
      long[] sorted = sorted(rows, feature);
      double urgent = auroc(sorted, mostUrgent, mostUrgent);
      double any = auroc(sorted, 1, mostUrgent);
      if (Math.max(urgent, any) > strongest.auroc()) {
        strongest =
            new SingleFeature(
                features.get(feature),
                urgent >= any ? classes.get(mostUrgent) : "any readmission",
                Math.max(urgent, any));
      }
    }
    return strongest;
  }

  /** Value and class of each row in one number, in the order of the values, missing ones last. */
  private static long[] sorted(Vectors rows, int feature) {
    long[] sorted = new long[rows.rows()];
    for (int row = 0; row < sorted.length; row++) {
      // Adding 0.0 makes one value of -0.0 and 0.0.
      int bits = Float.floatToIntBits(rows.value(row, feature) + 0.0f);
      // Negative numbers have their bits the other way round.
      long place = bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
      sorted[row] = place << CLASS_BITS | rows.actualClass(row);
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Of the rows of classes from one to another against the rest. */
  private static double auroc(long[] sorted, int firstClass, int lastClass) {
    long missing = (long) Float.floatToIntBits(Float.NaN);
    double inOrder = 0;
    long positives = 0;
    long negatives = 0;
    long missingPositives = 0;
    long missingNegatives = 0;
    for (int i = 0; i < sorted.length; ) {
      long value = sorted[i] >> CLASS_BITS;
      long equalPositives = 0;
      long equalNegatives = 0;
      for (; i < sorted.length && sorted[i] >> CLASS_BITS == value; i++) {
        int ofClass = (int) (sorted[i] & ((1 << CLASS_BITS) - 1));
        boolean positive = ofClass >= firstClass && ofClass <= lastClass;
        equalPositives += positive ? 1 : 0;
        equalNegatives += positive ? 0 : 1;
      }
      if (value == missing) {
        missingPositives = equalPositives;
        missingNegatives = equalNegatives;
      } else {
        inOrder += equalPositives * (negatives + equalNegatives / 2.0);
        positives += equalPositives;
        negatives += equalNegatives;
      }
    }
    double pairs = (double) (positives + missingPositives) * (negatives + missingNegatives);
    double ofMissing = missingPositives * (double) missingNegatives / 2;
    double smallest = inOrder + ofMissing + (double) positives * missingNegatives;
    double largest = inOrder + ofMissing + (double) negatives * missingPositives;
    return Math.max(eitherWay(smallest / pairs), eitherWay(largest / pairs));
  }

  private static double eitherWay(double auroc) {
    return Math.max(auroc, 1 - auroc);
  }
}
