package dev.alta.load.report;

/**
 * A threshold.
 *
 * @param what in words, such as {@code p99 of 12 ms (at most 50)}
 */
public record Check(String what, boolean met) {}
