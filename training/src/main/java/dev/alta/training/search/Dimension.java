package dev.alta.training.search;

import java.util.List;

/** One setting that is searched. Numbers are searched on a scale on which steps matter alike. */
sealed interface Dimension {
  String name();

  /** Where values that were tried lie. */
  Density density(double[] values);

  /**
   * A number.
   *
   * @param logarithmic whether a factor matters rather than a difference
   * @param whole whether only whole numbers make sense
   */
  record Numeric(String name, double low, double high, boolean logarithmic, boolean whole)
      implements Dimension {
    @Override
    public Density density(double[] values) {
      return Bells.of(this, values);
    }

    /** Smallest place on the scale; places of whole numbers are those that round to them. */
    double lowest() {
      return scaled(whole ? low - 0.5 : low);
    }

    double highest() {
      return scaled(whole ? high + 0.5 : high);
    }

    double scaled(double value) {
      return logarithmic ? Math.log(value) : value;
    }

    double value(double scaled) {
      double value = logarithmic ? Math.exp(scaled) : scaled;
      return Math.max(low, Math.min(high, whole ? Math.rint(value) : value));
    }
  }

  /** One of several; a value is the index of one. */
  record Choice(String name, List<String> options) implements Dimension {
    @Override
    public Density density(double[] values) {
      return OptionShares.of(this, values);
    }
  }
}
