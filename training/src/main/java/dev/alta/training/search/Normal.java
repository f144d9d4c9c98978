package dev.alta.training.search;

/** The standard normal distribution. */
final class Normal {
  private static final int TERMS = 100;
  private static final double FAR = 8;

  private Normal() {}

  /**
   * The probability of a value below this one, by the series around 0.
   *
   * @see <a href="https://www.jstatsoft.org/article/view/v011i04">Marsaglia: Evaluating the normal
   *     distribution, 2004</a>
   */
  static double below(double value) {
    if (Math.abs(value) > FAR) {
      return value < 0 ? 0 : 1;
    }
    double term = value;
    double sum = value;
    for (int i = 1; i < TERMS; i++) {
      term *= value * value / (2 * i + 1);
      sum += term;
    }
    return 0.5 + sum * Math.exp(-value * value / 2) / Math.sqrt(2 * Math.PI);
  }
}
