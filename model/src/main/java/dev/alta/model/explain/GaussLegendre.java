package dev.alta.model.explain;

/**
 * Points and weights that integrate a polynomial from 0 to 1 exactly: with n points up to degree
 * 2n-1.
 */
final class GaussLegendre {
  private static final int MOST_STEPS = 100;

  private final double[] points;
  private final double[] weights;

  private GaussLegendre(double[] points, double[] weights) {
    this.points = points;
    this.weights = weights;
  }

  int size() {
    return points.length;
  }

  double point(int i) {
    return points[i];
  }

  double weight(int i) {
    return weights[i];
  }

  /** The fewest points that are exact for this degree. */
  static GaussLegendre forDegree(int degree) {
    return of(degree / 2 + 1);
  }

  /** The points are the roots of the Legendre polynomial of degree n, moved from [-1, 1]. */
  private static GaussLegendre of(int n) {
    double[] points = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5)); // near the root
      double slope = 0;
      for (int step = 0; step < MOST_STEPS; step++) {
        double value = x;
        double before = 1;
        for (int k = 2; k <= n; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = n * (x * value - before) / (x * x - 1);
        double moved = x - value / slope;
        boolean there = Math.abs(moved - x) <= Math.ulp(1.0);
        x = moved;
        if (there) {
          break;
        }
      }
      points[i] = (1 + x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
    }
    return new GaussLegendre(points, weights);
  }
}
