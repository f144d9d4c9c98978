package dev.alta.database;

import dev.alta.core.contract.Violation;
import java.util.List;

/**
 * A row that was not scored.
 *
 * @param source the file or query it is of
 * @param line on which it begins, or its number in a query, from 1 on
 * @param rawText cut to what is worth keeping
 */
public record UnscoredRow(String source, long line, List<Violation> reasons, String rawText) {}
