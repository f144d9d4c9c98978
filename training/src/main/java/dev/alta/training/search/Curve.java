package dev.alta.training.search;

import java.util.ArrayList;
import java.util.List;

/** A figure of the validation rows after more and more rounds. */
final class Curve {
  /** A point of it, counted in rounds. */
  record At(int rounds, double value) {}

  private final List<At> points = new ArrayList<>();

  void add(int rounds, double value) {
    points.add(new At(rounds, value));
  }

  List<At> points() {
    return List.copyOf(points);
  }

  /** Where it is highest, of equals the first. */
  At best() {
    return bestUpTo(Integer.MAX_VALUE);
  }

  /**
   * The same among the points up to a number of rounds. A single figure is noise as much as it is
   * height, so that each point is judged by the mean with its neighbours.
   *
   * @throws IllegalStateException if there is no such point
   */
  At bestUpTo(int rounds) {
    At best = new At(0, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < points.size() && points.get(i).rounds() <= rounds; i++) {
      double value = smoothed(i, rounds);
      if (value > best.value()) {
        best = new At(points.get(i).rounds(), value);
      }
    }
    if (best.rounds() == 0) {
      throw new IllegalStateException("curve: no point up to " + rounds + " rounds");
    }
    return best;
  }

  private double smoothed(int i, int rounds) {
    double sum = 0;
    int count = 0;
    for (int j = Math.max(0, i - 1); j <= Math.min(points.size() - 1, i + 1); j++) {
      if (points.get(j).rounds() <= rounds) {
        sum += points.get(j).value();
        count++;
      }
    }
    return sum / count;
  }
}
