package dev.alta.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One direction of a plot.
 *
 * @param percent whether its numbers are read as shares
 */
record Axis(String name, double from, double to, boolean percent) {
  private static final int MOST_TICKS = 5;

  Axis {
    if (!(to > from)) {
      to = from + 1;
    }
  }

  static Axis share(String name, double from, double to) {
    return new Axis(name, from, to, true);
  }

  static Axis number(String name, double from, double to) {
    return new Axis(name, from, to, false);
  }

  /** From 0 to 1. */
  double place(double value) {
    return Math.max(0, Math.min(1, (value - from) / (to - from)));
  }

  /** Round numbers within the range. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    double step = step();
    for (double tick = Math.ceil(from / step - 1e-9) * step; tick <= to + step * 1e-6; ) {
      ticks.add(tick);
      tick += step;
    }
    return ticks;
  }

  /** A number of the axis as it is written beside it. */
  String words(double value) {
    double step = step() * (percent ? 100 : 1);
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    double shown = value * (percent ? 100 : 1);
    // No negative zero.
    String number = String.format(Locale.ROOT, "%." + decimals + "f", shown + 0.0);
    return (Math.abs(shown) < step * 1e-6 ? number.replace("-", "") : number)
        + (percent ? "%" : "");
  }

  private double step() {
    double least = (to - from) / MOST_TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
