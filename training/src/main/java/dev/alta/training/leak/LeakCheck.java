package dev.alta.training.leak;

import dev.alta.core.split.Side;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.dataset.RowFacts;
import dev.alta.training.dataset.TrainingData;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToLongFunction;

/** Refuses data and models that know more than anything honest can. */
public final class LeakCheck {
  private LeakCheck() {}

  /**
   * Looks at the data before anything is learned from them: no encounter and no patient is on two
   * sides of the split, and no feature of the training rows tells the most urgent class, or any
   * readmission, by itself.
   *
   * @param classes names for the message
   * @param highestOfOneFeature highest AUROC of a single feature to be believed
   * @throws LeakageException if one of it does not hold; names it
   */
  public static void ofData(TrainingData data, List<String> classes, double highestOfOneFeature) {
    Side[] sides = Side.values();
    for (int i = 0; i < sides.length; i++) {
      for (int j = i + 1; j < sides.length; j++) {
        apart("encounters", data, sides[i], sides[j], LeakCheck::keys);
        apart("patients", data, sides[i], sides[j], LeakCheck::patients);
      }
    }
    SingleFeature strongest =
        SingleFeature.strongest(data.vectors(Side.TRAIN), data.encoder().names(), classes);
    if (strongest.auroc() > highestOfOneFeature) {
      throw new LeakageException(
          String.format(
              Locale.ROOT,
              "feature %s alone has AUROC %.4f for %s on the training rows (expected: at most %.2f;"
                  + " it knows the outcome)",
              strongest.feature(),
              strongest.auroc(),
              strongest.outcome(),
              highestOfOneFeature));
    }
  }

  /**
   * Looks at every AUROC of the test rows.
   *
   * @param classes names for the message
   * @param highest AUROC to be believed
   * @throws LeakageException if one is higher; names it
   */
  public static void ofFigures(Evaluation test, List<String> classes, double highest) {
    for (int i = 0; i < test.getAurocCount(); i++) {
      believable("AUROC of " + classes.get(i), test.getAuroc(i), highest);
    }
    believable("AUROC of any readmission", test.getAurocReadmitted(), highest);
  }

  private static void believable(String figure, double found, double highest) {
    if (found > highest) {
      throw new LeakageException(
          String.format(
              Locale.ROOT,
              "test %s %.4f (expected: at most %.2f on this data; look for rows of one patient on two"
                  + " sides, or for columns that know the outcome)",
              figure,
              found,
              highest));
    }
  }

  /** Takes from facts what is compared: for each row a number. */
  @FunctionalInterface
  private interface Numbers {
    IntToLongFunction of(RowFacts facts);
  }

  private static IntToLongFunction keys(RowFacts facts) {
    return facts::key;
  }

  private static IntToLongFunction patients(RowFacts facts) {
    return facts::patient;
  }

  /** Says how many, and not who. */
  private static void apart(String what, TrainingData data, Side one, Side other, Numbers numbers) {
    long shared = shared(sorted(data.facts(one), numbers), sorted(data.facts(other), numbers));
    if (shared > 0) {
      throw new LeakageException(
          String.format(
              Locale.ROOT,
              "%d %s are on both sides %s and %s of the split (expected: none)",
              shared,
              what,
              one.label(),
              other.label()));
    }
  }

  private static long[] sorted(RowFacts facts, Numbers numbers) {
    long[] sorted = new long[facts.rows()];
    Arrays.setAll(sorted, numbers.of(facts));
    Arrays.sort(sorted);
    return sorted;
  }

  /** How many different numbers occur in both. */
  private static long shared(long[] one, long[] other) {
    long shared = 0;
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      if (one[i] < other[j]) {
        i++;
      } else if (one[i] > other[j]) {
        j++;
      } else {
        shared++;
        long number = one[i];
        while (i < one.length && one[i] == number) {
          i++;
        }
      }
    }
    return shared;
  }
}
