package dev.alta.core.clean;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;

/** What becomes of an accepted row. */
public sealed interface Cleaned {
  /** The row to learn from or to score. */
  record Kept(Row row) implements Cleaned {}

  /** No case for the prediction: the column whose value says so, and the contract's reason. */
  record Excluded(Column column, String reason) implements Cleaned {}
}
