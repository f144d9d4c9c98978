package dev.alta.gateway.data;

/** What the answer needs cannot be reached now. Worth trying again later. */
public final class AwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is away.
   *
   * @param what in words for a caller: {@code the database}; never where it is or who logs in
   * @param cause for the log
   */
  public AwayException(String what, Throwable cause) {
    super(what, cause);
  }

  /** What is away. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
