package dev.alta.core.drift;

/**
 * A part of a column's values.
 *
 * @param name a value, a range such as {@code 5 to 9}, or "not recorded"
 * @param reference rows of the reference in it
 * @param actual rows in it that are compared
 */
public record DriftBin(String name, long reference, long actual) {}
