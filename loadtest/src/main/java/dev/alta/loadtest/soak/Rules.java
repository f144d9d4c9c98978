package dev.alta.loadtest.soak;

import dev.alta.load.record.Interval;
import dev.alta.load.report.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is as it should be. */
final class Rules {
  /** Of the last quarter above the second: in the first one, things settle. */
  static final double MOST_GROWTH = 1.05;

  /** Of a percentile of the last quarter above that of the first. */
  static final double MOST_SLOWER = 1.10;

  static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);

  /** A file of the spool is given back as a whole. */
  private static final long SEGMENT = 8L << 20;

  private Rules() {}

  static Check none(String what, long count) {
    return check(count == 0, "%s: %,d (expected: 0)", what, count);
  }

  /** What did not happen shows nothing. */
  static Check some(String what, long count) {
    return check(count > 0, "%s: %,d (expected: 1 or more)", what, count);
  }

  static Check same(String what, long count, String other, long expected) {
    return check(count == expected, "%s: %,d (expected: %,d %s)", what, count, expected, other);
  }

  /** Each figure of each process, and the spool. */
  static List<Check> flat(Map<String, Map<Figure, List<Long>>> watched, List<Long> spools) {
    List<Check> checks = new ArrayList<>();
    watched.forEach(
        (process, figures) ->
            figures.forEach(
                (figure, quarters) ->
                    checks.add(
                        flat(
                            process + ": " + figure.title(),
                            figure.shown(second(quarters)),
                            figure.shown(last(quarters)),
                            figure.comesAndGoes()))));
    checks.add(
        flat(
            "spool, MiB",
            (double) second(spools) / (1 << 20),
            (double) last(spools) / (1 << 20),
            (double) SEGMENT / (1 << 20)));
    return checks;
  }

  /** Flat is: at most 5% above, and what comes and goes. */
  static Check flat(String what, double second, double last, double comesAndGoes) {
    return check(
        second > 0 && last <= second * MOST_GROWTH + comesAndGoes,
        "%s: %,.1f in the last quarter (expected: at most 5%%%s above %,.1f of the second)",
        what,
        last,
        comesAndGoes > 0 ? String.format(Locale.ROOT, " and %,.0f", comesAndGoes) : "",
        second);
  }

  /** Percentiles of the last quarter against the first. */
  static List<Check> latencies(String where, List<Interval> quarters) {
    List<Check> checks = new ArrayList<>();
    for (double percentile : PERCENTILES) {
      double first = quarters.get(0).percentile(percentile);
      double last = quarters.get(quarters.size() - 1).percentile(percentile);
      checks.add(
          check(
              first > 0 && last > 0 && last <= first * MOST_SLOWER,
              "p%s%s: %.2f ms in the last quarter (expected: at most 10%% above %.2f of the first)",
              SoakReport.name(percentile),
              where,
              last,
              first));
    }
    return checks;
  }

  private static long second(List<Long> quarters) {
    return quarters.get(1);
  }

  private static long last(List<Long> quarters) {
    return quarters.get(quarters.size() - 1);
  }

  private static Check check(boolean met, String format, Object... arguments) {
    return new Check(String.format(Locale.ROOT, format, arguments), met);
  }
}
