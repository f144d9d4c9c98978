package dev.alta.database;

import dev.alta.core.contract.Violation;
import java.util.List;

/**
 * A row that was not stored.
 *
 * @param line where it starts in the source
 * @param violations all that is wrong with it
 * @param rawText as it came, perhaps cut
 */
public record RejectedRow(long line, Reason reason, List<Violation> violations, String rawText) {
  /** Why a row is rejected. */
  public enum Reason {
    /** It cannot be read as a row. */
    FORMAT,
    /** Values that the contract does not allow. */
    CONTRACT,
    /** Another row with the same key but other values is stored. */
    CONFLICT
  }

  public RejectedRow {
    violations = List.copyOf(violations);
  }
}
