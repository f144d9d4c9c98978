package dev.alta.database;

/**
 * Why rows were rejected.
 *
 * @param field whose value it was, or {@code row}
 * @param expected in place of the value
 * @param rows that this was wrong with
 */
public record RejectCause(String field, String expected, long rows) {}
