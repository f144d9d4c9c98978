package dev.alta.core.split;

import java.util.Locale;

/** The three data sets: learned from, chosen by, judged by. */
public enum Side {
  TRAIN,
  VALIDATION,
  TEST;

  /** The name in tables and reports: {@code train}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The side with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Side of(String label) {
    for (Side side : values()) {
      if (side.label().equals(label)) {
        return side;
      }
    }
    throw new IllegalArgumentException(
        "dataset: " + label + " (expected: train, validation or test)");
  }
}
