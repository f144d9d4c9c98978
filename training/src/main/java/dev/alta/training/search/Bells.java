package dev.alta.training.search;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Of a number: a bell curve around each value and a wide one over the whole range, all cut off at
 * its ends. A bell is as wide as the distance to the farther neighbour, within bounds that become
 * narrower with the number of values.
 */
final class Bells implements Density {
  private static final double MOST_VALUES_THAT_NARROW = 100;

  private final Dimension.Numeric dimension;
  private final double[] centres;
  private final double[] widths;

  private Bells(Dimension.Numeric dimension, double[] centres, double[] widths) {
    this.dimension = dimension;
    this.centres = centres;
    this.widths = widths;
  }

  static Bells of(Dimension.Numeric dimension, double[] values) {
    double low = dimension.lowest();
    double high = dimension.highest();
    double[] sorted = Arrays.stream(values).map(dimension::scaled).sorted().toArray();
    double[] centres = Arrays.copyOf(sorted, sorted.length + 1);
    double[] widths = new double[centres.length];
    double narrowest = (high - low) / Math.min(MOST_VALUES_THAT_NARROW, 1 + centres.length);
    for (int i = 0; i < sorted.length; i++) {
      double below = sorted[i] - (i == 0 ? low : sorted[i - 1]);
      double above = (i == sorted.length - 1 ? high : sorted[i + 1]) - sorted[i];
      widths[i] = Math.max(narrowest, Math.min(high - low, Math.max(below, above)));
    }
    centres[sorted.length] = (low + high) / 2;
    widths[sorted.length] = high - low;
    return new Bells(dimension, centres, widths);
  }

  @Override
  public double draw(RandomGenerator random) {
    int bell = random.nextInt(centres.length);
    double drawn;
    do {
      drawn = centres[bell] + widths[bell] * random.nextGaussian();
    } while (drawn < dimension.lowest() || drawn > dimension.highest());
    return dimension.value(drawn);
  }

  @Override
  public double at(double value) {
    double scaled = dimension.scaled(value);
    double sum = 0;
    for (int i = 0; i < centres.length; i++) {
      double inRange =
          Normal.below((dimension.highest() - centres[i]) / widths[i])
              - Normal.below((dimension.lowest() - centres[i]) / widths[i]);
      double away = (scaled - centres[i]) / widths[i];
      sum += Math.exp(-away * away / 2) / (widths[i] * inRange);
    }
    return sum / centres.length;
  }
}
