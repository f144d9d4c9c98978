package dev.alta.training.promote;

/** Figures too good to be true for this data: the answer has found its way into the features. */
public final class LeakageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeakageException(String figure, double found, double limit) {
    super(
        String.format(
            java.util.Locale.ROOT,
            "leakage: test %s %.4f (expected: at most %.2f on this data; look for rows of one"
                + " patient on two sides, or for columns that know the outcome)",
            figure,
            found,
            limit));
  }
}
