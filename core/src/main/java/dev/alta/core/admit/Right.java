package dev.alta.core.admit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What one may be allowed to do; none includes another. */
public enum Right {
  /** Ask for predictions, and about models. */
  PREDICT,
  /** Change which model answers. */
  ADMIN,
  /** Read metrics. */
  METRICS;

  /** As it is written in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Right> of(String word) {
    return Arrays.stream(values()).filter(right -> right.word().equals(word)).findFirst();
  }
}
