package dev.alta.model.bundle;

/**
 * A model that must not answer: it does not fit the contract, is malformed, or computes wrongly.
 */
public final class UnusableModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableModelException(String model, String problem) {
    super("model " + model + ": " + problem);
  }

  UnusableModelException(String model, RuntimeException problem) {
    super("model " + model + ": " + problem.getMessage(), problem);
  }
}
