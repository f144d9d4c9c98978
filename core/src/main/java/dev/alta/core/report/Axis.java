package dev.alta.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One direction of a plot. */
public record Axis(String name, double from, double to, Form form) {
  /** How its numbers are placed and written. */
  public enum Form {
    NUMBER,
    /** In percent. */
    SHARE,
    /** Each power of ten takes as much room as the next. */
    LOGARITHM
  }

  private static final int MOST_TICKS = 5;

  public Axis {
    if (!(to > from)) {
      to = from + 1;
    }
  }

  public static Axis share(String name, double from, double to) {
    return new Axis(name, from, to, Form.SHARE);
  }

  public static Axis number(String name, double from, double to) {
    return new Axis(name, from, to, Form.NUMBER);
  }

  /** Logarithmic; from 0 excluded on. */
  public static Axis logarithm(String name, double from, double to) {
    return new Axis(name, from, to, Form.LOGARITHM);
  }

  /** From 0 to 1. */
  public double place(double value) {
    if (form == Form.LOGARITHM) {
      return Math.max(0, Math.min(1, Math.log(value / from) / Math.log(to / from)));
    }
    return Math.max(0, Math.min(1, (value - from) / (to - from)));
  }

  /** Round numbers within the range. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (form == Form.LOGARITHM) {
      boolean wide = to / from > 50;
      for (double power = Math.pow(10, Math.floor(Math.log10(from))); power <= to; power *= 10) {
        for (double factor : wide ? new double[] {1} : new double[] {1, 2, 5}) {
          if (factor * power >= from && factor * power <= to) {
            ticks.add(factor * power);
          }
        }
      }
      return ticks;
    }
    double step = step();
    for (double tick = Math.ceil(from / step - 1e-9) * step; tick <= to + step * 1e-6; ) {
      ticks.add(tick);
      tick += step;
    }
    return ticks;
  }

  /** A number of the axis as it is written beside it. */
  public String words(double value) {
    if (form == Form.LOGARITHM) {
      return Html.number(value);
    }
    boolean percent = form == Form.SHARE;
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
