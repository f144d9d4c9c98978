package dev.alta.database;

import dev.alta.core.contract.Row;

/**
 * A row that keeps to the contract.
 *
 * @param line where it starts in the source
 * @param rawText as it came; kept with the row if it turns out to contradict one already stored
 */
public record AcceptedRow(long line, Row row, String rawText) {}
