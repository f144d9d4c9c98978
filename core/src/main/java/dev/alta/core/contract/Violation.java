package dev.alta.core.contract;

/**
 * One thing wrong with a row.
 *
 * @param field the column's name, or the name given for one that does not exist
 * @param value what was found, cut to 100 characters; empty where nothing was
 * @param expected what would have been accepted, in words
 */
public record Violation(String field, String value, String expected) {
  private static final int LONGEST = 100;

  public Violation {
    value = cut(value);
  }

  /** A text of others as a violation shows it: its first 100 characters. */
  public static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    // Never between the two halves of one character.
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }

  /** {@code time_in_hospital: 99 (expected: …)}. */
  public String message() {
    return field + ": " + (value.isEmpty() ? "missing" : value) + " (expected: " + expected + ")";
  }
}
