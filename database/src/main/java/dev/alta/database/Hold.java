package dev.alta.database;

/**
 * The right to work on a workflow, until somebody else takes it over.
 *
 * @param number of the holder, from 1 on
 */
public record Hold(long workflow, int number) {}
