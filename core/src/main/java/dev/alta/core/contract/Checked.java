package dev.alta.core.contract;

import java.util.List;

/**
 * The outcome of checking a row: either it is {@link Accepted}, or {@link Rejected} with all
 * reasons.
 */
public sealed interface Checked {
  /** The row keeps to the contract. */
  record Accepted(Row row) implements Checked {}

  /** The row does not; there is at least one violation, in the order of the contract's columns. */
  record Rejected(List<Violation> violations) implements Checked {
    public Rejected {
      violations = List.copyOf(violations);
    }
  }
}
