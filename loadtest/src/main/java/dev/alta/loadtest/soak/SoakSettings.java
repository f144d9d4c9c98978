package dev.alta.loadtest.soak;

import java.time.Duration;

/**
 * What a soak does.
 *
 * @param length of the load
 * @param share of the requests a second that can be answered, above 0 to 1
 * @param rows synthetic encounters to train on
 * @param retrainEvery from one training to the next, and half of it before the first
 * @param restartEvery the same for restarts of the database
 * @param spoolMib what predictions may take on disk on their way to the database
 */
record SoakSettings(
    Duration length,
    double share,
    int rows,
    Duration retrainEvery,
    Duration restartEvery,
    int spoolMib) {
  static final int QUARTERS = 4;
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  SoakSettings {
    if (length.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "--minutes: " + length.toMillis() / 60_000.0 + " (expected: 1 or more)");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("--share: " + share + " (expected: above 0, up to 1)");
    }
    if (retrainEvery.toSeconds() < 1 || restartEvery.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "--retrain-seconds and --restart-seconds: "
              + retrainEvery.toSeconds()
              + " and "
              + restartEvery.toSeconds()
              + " (expected: 1 or more)");
    }
  }

  /** The same; what happens seldom happens at least twice. */
  SoakSettings fitting() {
    Duration half = length.dividedBy(2);
    return new SoakSettings(
        length,
        share,
        rows,
        retrainEvery.compareTo(half) < 0 ? retrainEvery : half,
        restartEvery.compareTo(half) < 0 ? restartEvery : half,
        spoolMib);
  }
}
