package dev.alta.training.leak;

/** The answer has found its way into the features, or test rows into the training rows. */
public final class LeakageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeakageException(String found) {
    super("leakage: " + found);
  }
}
