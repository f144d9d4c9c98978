package dev.alta.app.workflow;

import dev.alta.database.Claim;

/** Another process works on the workflow, or on another of its kind. */
public final class HeldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HeldException(String kind, Claim.Held held) {
    super(
        kind
            + ": workflow "
            + held.workflow()
            + " is held by "
            + held.by().words()
            + " (expected: nobody; a holder is taken over when it was not heard of for a minute)");
  }
}
