package dev.alta.loadtest.drill;

/** What came of a request. */
sealed interface Reply {
  /**
   * An answer.
   *
   * @param version of the model, as the answer says
   * @param prediction the class
   * @param text all of it but the request's id
   */
  record Answered(String version, String prediction, String text) implements Reply {}

  /** None, and the caller was told so: the connection failed, or an error says that it may. */
  record Refused(String why) implements Reply {}

  /** Neither: an answer to another request, or an error that should not be. */
  record Wrong(String what) implements Reply {}
}
