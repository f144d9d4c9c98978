package dev.alta.core.contract;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a caller probably meant by a name that does not exist. */
public final class NearestName {
  // Longer names come only from callers who send nonsense; comparing them would cost without
  // helping.
  private static final int LONGEST = 64;

  private NearestName() {}

  /** The known name within a third of the given name's length in edits, if any. */
  public static Optional<String> of(String name, List<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = fold(name);
    return known.stream()
        .filter(candidate -> distance(wanted, fold(candidate)) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(wanted, fold(candidate))));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
