package dev.alta.database;

import dev.alta.core.contract.Violation;
import java.util.List;

/**
 * A row that does not keep to the contract, with every reason.
 *
 * @param line where it starts in the source
 * @param rawText as it came, perhaps cut
 */
public record RejectedRow(long line, List<Violation> reasons, String rawText) {
  public RejectedRow {
    reasons = List.copyOf(reasons);
  }
}
