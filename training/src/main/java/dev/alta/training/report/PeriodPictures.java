package dev.alta.training.report;

import dev.alta.core.report.Axis;
import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.core.report.Plot;
import dev.alta.training.live.LiveVersion;
import dev.alta.training.live.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What happened over days or weeks. */
final class PeriodPictures {
  private static final double HEIGHT = 200;
  private static final double Z95 = 1.96;

  private final List<Period> periods;
  private final String unit;

  private PeriodPictures(LiveVersion version) {
    this.periods = version.periods();
    this.unit = version.weeks() ? "week" : "day";
  }

  /** Pictures by their headings. */
  static Map<String, String> of(LiveVersion version, String urgent) {
    PeriodPictures pictures = new PeriodPictures(version);
    Map<String, String> made = new LinkedHashMap<>();
    if (pictures.periods.isEmpty()) {
      return made;
    }
    made.put(
        "Predictions by " + pictures.unit,
        pictures.counts(List.of("predictions"), p -> (double) p.served()));
    made.put(
        "Encounters with an outcome by " + pictures.unit,
        pictures.counts(List.of("encounters with an outcome"), p -> (double) p.judged()));
    made.put(
        "Predicted and actual share by " + pictures.unit + ": " + urgent,
        Page.key(List.of("predicted", "actual")) + pictures.shares(urgent));
    return made;
  }

  private Axis time() {
    String first = periods.get(0).from().toString();
    return Axis.number(
        unit + "s since " + (unit.equals("week") ? "that of " : "") + first,
        0,
        Math.max(1, periods.size() - 1));
  }

  private String counts(List<String> names, ToDoubleFunction<Period> of) {
    double most = periods.stream().mapToDouble(of).max().orElse(1);
    Plot plot =
        new Plot(HEIGHT, time(), Axis.number(names.get(0), 0, Math.max(1, most)), names.get(0));
    line(plot, "c0", p -> true, of, names.get(0));
    for (int i = 0; i < periods.size(); i++) {
      Period period = periods.get(i);
      plot.dot(
          "c0",
          i,
          of.applyAsDouble(period),
          2.5,
          tip(period, Html.count((long) of.applyAsDouble(period))));
    }
    return plot.svg().toString();
  }

  /** The mean probability of the encounters with an outcome, and the share that had it. */
  private String shares(String urgent) {
    double most =
        periods.stream()
            .filter(p -> p.judged() > 0)
            .mapToDouble(p -> Math.max(p.judgedRisk(), share(p) + error(p)))
            .max()
            .orElse(1);
    Plot plot = new Plot(HEIGHT, time(), Axis.share("share", 0, Math.min(1, most * 1.05)), urgent);
    line(plot, "c0", p -> p.judged() > 0, Period::judgedRisk, "predicted");
    line(plot, "c1", p -> p.judged() > 0, PeriodPictures::share, "actual");
    for (int i = 0; i < periods.size(); i++) {
      Period period = periods.get(i);
      if (period.judged() > 0) {
        plot.whisker(i, Math.max(0, share(period) - error(period)), share(period) + error(period));
        String words =
            Html.count(period.judged())
                + " encounters: predicted "
                + Html.share(period.judgedRisk())
                + ", actually "
                + Html.share(share(period));
        plot.dot("c1", i, share(period), 2.5, tip(period, words));
      }
    }
    return plot.svg().toString();
  }

  private void line(
      Plot plot,
      String style,
      java.util.function.Predicate<Period> has,
      ToDoubleFunction<Period> of,
      String name) {
    List<Double> points = new ArrayList<>();
    for (int i = 0; i < periods.size(); i++) {
      if (has.test(periods.get(i))) {
        points.add((double) i);
        points.add(of.applyAsDouble(periods.get(i)));
      }
    }
    plot.line(style, points.stream().mapToDouble(d -> d).toArray(), name);
  }

  private static double share(Period period) {
    return (double) period.urgent() / period.judged();
  }

  private static double error(Period period) {
    return Z95 * Math.sqrt(share(period) * (1 - share(period)) / period.judged());
  }

  private static String tip(Period period, String words) {
    return period.from() + ": " + words;
  }
}
