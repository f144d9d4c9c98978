package dev.alta.database;

/**
 * A prediction of a spool.
 *
 * @param sequence rises within the spool; numbers may be left out
 */
public record SpooledPrediction(long sequence, LoggedPrediction prediction) {}
