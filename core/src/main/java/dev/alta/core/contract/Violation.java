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
    if (value.length() > LONGEST) {
      // Never between the two halves of one character.
      int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
      value = value.substring(0, end) + "…";
    }
  }

  /** {@code time_in_hospital: 99 (expected: …)}. */
  public String message() {
    return field + ": " + (value.isEmpty() ? "missing" : value) + " (expected: " + expected + ")";
  }
}
