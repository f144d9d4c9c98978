package dev.alta.fuzz;

import dev.alta.core.contract.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold whatever the bytes are. */
public final class Expect {
  private static final int LONGEST_MESSAGE = 5_000;
  private static final int LONGEST_SHOWN = 101;

  private Expect() {}

  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  public static void same(@Nullable Object found, @Nullable Object expected, String what) {
    if (found == null ? expected != null : !found.equals(expected)) {
      throw new AssertionError(what + ": " + found + " (expected: " + expected + ")");
    }
  }

  /** A refusal that a person can act on: one line, not endless. */
  public static void words(@Nullable String message) {
    String words = message == null ? "" : message;
    that(!words.isBlank(), "a refusal without words");
    that(words.length() <= LONGEST_MESSAGE, "a refusal of " + words.length() + " characters");
    that(words.indexOf('\n') < 0, "a refusal of several lines: " + words);
  }

  /** At least one, each with the field's name and what was expected. */
  public static void violations(List<Violation> violations) {
    that(!violations.isEmpty(), "refused without a reason");
    for (Violation violation : violations) {
      that(violation.field().length() <= LONGEST_SHOWN, "a long field");
      that(violation.value().length() <= LONGEST_SHOWN, "a long value");
      that(!violation.expected().isBlank(), violation.field() + ": nothing was expected");
    }
  }
}
