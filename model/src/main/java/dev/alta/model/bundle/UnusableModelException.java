package dev.alta.model.bundle;

/**
 * A model that must not answer: it does not fit the contract, is malformed, or computes wrongly.
 */
public final class UnusableModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  // What it quotes comes from the model, and may be as long as that.
  private static final int LONGEST_MESSAGE = 1_000;

  UnusableModelException(String model, String problem) {
    super(message(model, problem));
  }

  UnusableModelException(String model, RuntimeException problem) {
    super(message(model, String.valueOf(problem.getMessage())), problem);
  }

  private static String message(String model, String problem) {
    String message = "model " + model + ": " + problem;
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "…";
  }
}
