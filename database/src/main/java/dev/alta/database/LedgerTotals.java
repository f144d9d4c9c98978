package dev.alta.database;

/** Sums over all batches of the ledger: rows = accepted + rejected + duplicates. */
public record LedgerTotals(
    long batches, long rows, long accepted, long rejected, long duplicates) {}
