package dev.alta.core.life;

/**
 * A part cannot start for a reason that its user can mend. The message says it all in one line:
 * what was found and what was expected; nobody needs the stack trace.
 */
public final class CannotStartException extends RuntimeException {
  public CannotStartException(String message) {
    super(message);
  }

  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
