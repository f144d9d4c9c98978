package dev.alta.training.search;

import java.time.Duration;

/**
 * How long a search may go on. Whichever ends first ends it.
 *
 * @param trials for each objective; 0: the best of the prior settings is taken, its rounds are read
 *     off the curve
 * @param time no trial is begun after it, and one that runs ends at its next milestone; a search
 *     that it ended is not the same the next time
 */
public record SearchBudget(int trials, Duration time) {
  public SearchBudget {
    if (trials < 0) {
      throw new IllegalArgumentException("budget: " + trials + " trials (expected: >= 0)");
    }
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time: " + time + " (expected: > 0)");
    }
  }

  /** So many trials, however long they take. */
  public static SearchBudget ofTrials(int trials) {
    return new SearchBudget(trials, Duration.ofDays(365));
  }
}
