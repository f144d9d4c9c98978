package dev.alta.training.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator: of what was tried, the best part and the rest each give a
 * density for every setting; points are drawn from the density of the best, and the one that is
 * most probable there and least probable among the rest is proposed.
 *
 * @see <a href="https://papers.nips.cc/paper/4443-algorithms-for-hyper-parameter-optimization">
 *     Bergstra, Bardenet, Bengio, Kégl: Algorithms for hyper-parameter optimization, 2011</a>
 */
final class Tpe {
  /** A point and how good it was found to be; more is better. */
  record Observation(Point point, double value) {}

  private static final int DRAWS = 24;
  // As large a part as keeps the density of the best from resting on one or two points.
  private static final double SHARE_OF_BEST = 0.15;

  private Tpe() {}

  /** Proposes a point. */
  static Point propose(List<Observation> observations, RandomGenerator random) {
    List<Observation> sorted = new ArrayList<>(observations);
    sorted.sort(Comparator.comparingDouble(observation -> -observation.value()));
    int best = (int) Math.ceil(SHARE_OF_BEST * sorted.size());
    List<Point> good = points(sorted.subList(0, best));
    List<Point> others = points(sorted.subList(best, sorted.size()));
    Map<String, Double> chosen = new TreeMap<>();
    // What there is to choose further depends on what was chosen.
    for (List<Dimension> left = open(chosen); !left.isEmpty(); left = open(chosen)) {
      for (Dimension dimension : left) {
        chosen.put(dimension.name(), choose(dimension, good, others, random));
      }
    }
    return new Point(chosen);
  }

  private static List<Dimension> open(Map<String, Double> chosen) {
    return SearchSpace.dimensions(new Point(chosen)).stream()
        .filter(dimension -> !chosen.containsKey(dimension.name()))
        .toList();
  }

  private static List<Point> points(List<Observation> observations) {
    return observations.stream().map(Observation::point).toList();
  }

  private static double choose(
      Dimension dimension, List<Point> good, List<Point> others, RandomGenerator random) {
    Density ofGood = dimension.density(values(dimension, good));
    Density ofOthers = dimension.density(values(dimension, others));
    double best = Double.NaN;
    double bestRatio = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < DRAWS; i++) {
      double drawn = ofGood.draw(random);
      double ratio = Math.log(ofGood.at(drawn)) - Math.log(ofOthers.at(drawn));
      if (ratio > bestRatio) {
        bestRatio = ratio;
        best = drawn;
      }
    }
    return best;
  }

  private static double[] values(Dimension dimension, List<Point> points) {
    return points.stream()
        .filter(point -> point.has(dimension.name()))
        .mapToDouble(point -> point.get(dimension.name()))
        .toArray();
  }
}
