package dev.alta.database;

/**
 * A rejected row and where it came from.
 *
 * @param batchId of the ledger
 * @param source of the batch
 */
public record StoredReject(long batchId, String source, RejectedRow row) {}
