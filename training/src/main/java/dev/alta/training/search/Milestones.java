package dev.alta.training.search;

import java.util.Arrays;
import java.util.List;

/**
 * Where a training is looked at while it grows. Counted in rounds times learning rate, so that
 * trainings with small and large steps are compared at the same distance.
 */
final class Milestones {
  private static final double[] DISTANCES = {5, 10, 15, 20, 25, 30, 40, 50, 60};
  private static final double BETWEEN_POINTS = 1;
  // Without a better point for so long, there will be none.
  private static final double PATIENCE = 8;
  // Fewer others than that say little.
  private static final int LEAST_OTHERS = 4;
  // Of so many others, all but one are better.
  private static final int BEHIND = 4;

  private Milestones() {}

  /** The numbers of rounds at which a training is looked at; the last one ends it. */
  static int[] rounds(double learningRate) {
    return Arrays.stream(DISTANCES)
        .mapToInt(distance -> (int) Math.round(distance / learningRate))
        .toArray();
  }

  /** Rounds between two points of a curve. */
  static int step(double learningRate) {
    return (int) Math.max(1, Math.round(BETWEEN_POINTS / learningRate));
  }

  /** Whether no curve has become better for long. */
  static boolean isOver(Iterable<Curve> curves, int rounds, double learningRate) {
    for (Curve curve : curves) {
      if ((rounds - curve.best().rounds()) * learningRate < PATIENCE) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a training is behind: the best it has had is less than what three quarters of the
   * others had had by then. That is the median stopping rule, but milder: against the median, most
   * of what a search proposes after a good start was stopped, and some of it would have become the
   * best.
   *
   * @param others trainings with rounds that were tried before
   * @see <a href="https://dl.acm.org/doi/10.1145/3097983.3098043">Golovin et al.: Google Vizier,
   *     2017, section 3.2</a>
   */
  static boolean isBehind(
      Curve curve, double distance, Objective objective, List<Milestone> others) {
    double[] values =
        others.stream()
            .filter(other -> other.reached() >= distance)
            .mapToDouble(other -> other.bestAt(objective, distance))
            .sorted()
            .toArray();
    return values.length >= LEAST_OTHERS && curve.best().value() < values[values.length / BEHIND];
  }

  /** A training that was tried before, seen by its distance. */
  record Milestone(Tried tried, double learningRate) {
    double reached() {
      return tried.curves().rounds() * learningRate;
    }

    double bestAt(Objective objective, double distance) {
      return tried.curve(objective).bestUpTo((int) Math.round(distance / learningRate)).value();
    }
  }
}
