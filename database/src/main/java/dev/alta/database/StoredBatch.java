package dev.alta.database;

/**
 * The outcome of storing a batch.
 *
 * @param isNew false where the batch was there already and nothing was written
 */
public record StoredBatch(LedgerEntry entry, boolean isNew) {}
