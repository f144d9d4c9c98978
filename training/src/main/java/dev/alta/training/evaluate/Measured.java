package dev.alta.training.evaluate;

import dev.alta.proto.v1.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of a set of rows, and what they are in each sample of a bootstrap. */
final class Measured {
  private final FigureSet set;
  private final double[] values;
  // Figure by figure.
  private final double[][] ofSamples;

  /**
   * Measures the rows themselves.
   *
   * @param rows all rows of the data set, also those that the set leaves out
   */
  Measured(FigureSet set, int rows, int samples) {
    this.set = set;
    int[] ones = new int[rows];
    Arrays.fill(ones, 1);
    this.values = set.at(ones);
    this.ofSamples = new double[values.length][samples];
  }

  void add(int sample, int[] weightOfRow) {
    double[] found = set.at(weightOfRow);
    for (int figure = 0; figure < found.length; figure++) {
      ofSamples[figure][sample] = found[figure];
    }
  }

  double value(String name) {
    return values[set.names().indexOf(name)];
  }

  /** Those that the rows give. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        figures.put(set.names().get(i), values[i]);
      }
    }
    return figures;
  }

  /** Of those that the rows and nearly all samples give. */
  Map<String, Interval> intervals() {
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      String name = set.names().get(i);
      if (!Double.isNaN(values[i])) {
        // Chance alone makes a calibration error, and drawing adds to it.
        boolean tooHigh = name.equals(CalibrationFigures.NAME);
        (tooHigh ? Intervals.around(values[i], ofSamples[i]) : Intervals.middle95(ofSamples[i]))
            .ifPresent(interval -> intervals.put(name, interval));
      }
    }
    return intervals;
  }
}
