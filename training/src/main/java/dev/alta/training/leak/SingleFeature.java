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
  // 32 MiB.
  private static final int ENTRIES_AT_A_TIME = 1 << 22;

  /**
   * The one that tells most of the most urgent class, or of any readmission. A missing value counts
   * as smaller than all others or as larger, whichever tells more: trees may send it either way.
   */
  static SingleFeature strongest(Vectors rows, List<String> features, List<String> classes) {
    long[] counts = rows.counts(classes.size());
    int[] present = rows.present();
    SingleFeature strongest = NONE;
    for (int first = 0; first < present.length; ) {
      int end = end(present, first);
      long[][] sorted = sorted(rows, present, first, end);
      for (int feature = first; feature < end; feature++) {
        SingleFeature found = of(features.get(feature), sorted[feature - first], counts, classes);
        strongest = found.auroc() > strongest.auroc() ? found : strongest;
      }
      first = end;
    }
    return strongest;
  }

  private static SingleFeature of(String name, long[] sorted, long[] counts, List<String> classes) {
    int mostUrgent = classes.size() - 1;
    double urgent = auroc(sorted, counts, mostUrgent);
    double any = auroc(sorted, counts, 1);
    String outcome = urgent >= any ? classes.get(mostUrgent) : "any readmission";
    return new SingleFeature(name, outcome, Math.max(urgent, any));
  }

  /** Up to which feature the values of all rows fit at a time; at least the first one's do. */
  private static int end(int[] present, int first) {
    int end = first + 1;
    long entries = present[first];
    while (end < present.length && entries + present[end] <= ENTRIES_AT_A_TIME) {
      entries += present[end++];
    }
    return end;
  }

  /**
   * For each of some features, value and class of each row that has it in one number, in the order
   * of the values. Most features are missing in most rows, so only those that are there are sorted.
   */
  private static long[][] sorted(Vectors rows, int[] present, int first, int end) {
    long[][] columns = new long[end - first][];
    Arrays.setAll(columns, i -> new long[present[first + i]]);
    int[] filled = new int[end - first];
    for (int row = 0; row < rows.rows(); row++) {
      int ofClass = rows.actualClass(row);
      rows.each(
          row,
          (feature, value) -> {
            if (feature >= first && feature < end) {
              int column = feature - first;
              columns[column][filled[column]++] = place(value) << CLASS_BITS | ofClass;
            }
          });
    }
    for (long[] column : columns) {
      Arrays.sort(column);
    }
    return columns;
  }

  /** Whole numbers in the order of the values. */
  private static long place(float value) {
    // Adding 0.0 makes one value of -0.0 and 0.0.
    int bits = Float.floatToIntBits(value + 0.0f);
    // Negative numbers have their bits the other way round.
    return bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
  }

  /**
   * Of the rows from a class on against the rest.
   *
   * @param sorted what is there
   * @param counts of all rows by class, also of those where the feature is missing
   */
  private static double auroc(long[] sorted, long[] counts, int firstClass) {
    double inOrder = 0;
    long positives = 0;
    long negatives = 0;
    for (int i = 0; i < sorted.length; ) {
      long value = sorted[i] >> CLASS_BITS;
      long equalPositives = 0;
      long equals = 0;
      for (; i < sorted.length && sorted[i] >> CLASS_BITS == value; i++) {
        int ofClass = (int) (sorted[i] & ((1 << CLASS_BITS) - 1));
        equalPositives += ofClass >= firstClass ? 1 : 0;
        equals++;
      }
      long equalNegatives = equals - equalPositives;
      inOrder += equalPositives * (negatives + equalNegatives / 2.0);
      positives += equalPositives;
      negatives += equalNegatives;
    }
    long allPositives = Arrays.stream(counts, firstClass, counts.length).sum();
    long allNegatives = Arrays.stream(counts, 0, firstClass).sum();
    long missingPositives = allPositives - positives;
    long missingNegatives = allNegatives - negatives;
    double pairs = (double) allPositives * allNegatives;
    double ofMissing = missingPositives * (double) missingNegatives / 2;
    double smallest = inOrder + ofMissing + (double) positives * missingNegatives;
    double largest = inOrder + ofMissing + (double) negatives * missingPositives;
    return Math.max(eitherWay(smallest / pairs), eitherWay(largest / pairs));
  }

  private static double eitherWay(double auroc) {
    return Math.max(auroc, 1 - auroc);
  }
}
