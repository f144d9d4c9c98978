package dev.alta.load.report;

import dev.alta.core.report.Axis;
import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.core.report.Plot;
import dev.alta.core.report.Svg;
import dev.alta.load.record.Interval;
import dev.alta.load.record.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** What a load test looks like. Times count in seconds from its start. */
final class LoadPictures {
  private static final double HEIGHT = 210;
  private static final double WIDTH = 360;
  private static final int BARS = 36;
  private static final double MICROS = 1e3;

  private final List<Interval> intervals;
  private final Outcome run;
  private final Interval whole;

  LoadPictures(Outcome run, Recording recording) {
    this.run = run;
    this.intervals = recording.intervals();
    this.whole = recording.whole();
  }

  /** Asked and answered requests a second. */
  String throughput() {
    double most =
        intervals.stream().mapToDouble(i -> Math.max(asked(i), i.perSecond())).max().orElse(1);
    Plot plot =
        new Plot(HEIGHT, time(), Axis.number("requests a second", 0, most * 1.05), "Throughput");
    line(plot, "c1", LoadPictures::asked, "due");
    line(plot, "c0", Interval::perSecond, "answered");
    return Page.key(List.of("answered", "due")) + plot.svg();
  }

  /** p50, p99 and the longest, by when requests were due; logarithmic. */
  String latency() {
    double least = Math.max(0.001, run.response().min());
    double most = Math.max(least * 2, run.response().max());
    Plot plot = new Plot(HEIGHT, time(), Axis.logarithm("ms", least, most), "Latency");
    line(plot, "c0", i -> Math.max(least, i.percentile(50)), "p50");
    line(plot, "c1", i -> Math.max(least, i.percentile(99)), "p99");
    line(plot, "c2", i -> Math.max(least, i.percentile(100)), "max");
    for (int i = 0; i < intervals.size() && intervals.size() <= 60; i++) {
      Interval one = intervals.get(i);
      if (one.answered() > 0) {
        double p99 = one.percentile(99);
        String tip = second(i) + ": p99 " + Html.number(p99) + " ms";
        plot.dot("c1 dot", middle(i), Math.max(least, p99), 2.5, tip);
      }
    }
    return Page.key(List.of("p50", "p99", "max")) + plot.svg();
  }

  /** Answers by latency, in bars of equal width on a logarithmic scale. */
  String histogram() {
    Histogram answers = whole.response(Recording.OK);
    if (answers.getTotalCount() == 0) {
      return "";
    }
    double low = Math.log10(Math.max(1.0, (double) answers.getMinValue()));
    double high = Math.max(low + 0.1, Math.log10(answers.getMaxValue() + 1.0));
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < BARS; i++) {
      long from = (long) Math.ceil(Math.pow(10, low + (high - low) * i / BARS));
      long to = (long) Math.ceil(Math.pow(10, low + (high - low) * (i + 1) / BARS)) - 1;
      counts.add(to < from ? 0 : answers.getCountBetweenValues(from, to));
    }
    return bars(counts, low, high);
  }

  private String bars(List<Long> counts, double low, double high) {
    double floor = HEIGHT - 50;
    Svg svg = new Svg(WIDTH, HEIGHT - 20, "Latency histogram");
    long most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
    double step = WIDTH / BARS;
    for (int i = 0; i < BARS; i++) {
      long count = counts.get(i);
      double tall = count == 0 ? 0 : Math.max(1, (floor - 14) * count / most);
      String from = millis(low + (high - low) * i / BARS);
      String tip = from + " to " + millis(low + (high - low) * (i + 1) / BARS) + " ms: " + count;
      svg.rect("bar", i * step + 0.5, floor - tall, step - 1, tall, tip);
    }
    svg.line("axis", 0, floor, WIDTH, floor)
        .text("start", 0, floor + 14, millis(low) + " ms")
        .text("middle", WIDTH / 2, floor + 14, millis((low + high) / 2) + " ms")
        .text("end", WIDTH, floor + 14, millis(high) + " ms")
        .text("start", 0, 10, "↑ answers, at most " + Html.count(most) + " in a bar");
    return svg.toString();
  }

  private static String millis(double log) {
    return Html.number(Math.pow(10, log) / MICROS);
  }

  /** Errors a second, whatever their status. */
  String errors() {
    double most =
        intervals.stream().mapToDouble(i -> 1e3 * i.errors() / i.millis()).max().orElse(0);
    Plot plot =
        new Plot(
            HEIGHT, time(), Axis.number("errors a second", 0, Math.max(1, most * 1.05)), "Errors");
    line(plot, "c2", i -> 1e3 * i.errors() / i.millis(), "errors");
    return plot.svg().toString();
  }

  /** Percentiles up to the longest, with as many nines as there are requests for. */
  String percentiles() {
    Histogram answers = whole.response(Recording.OK);
    Histogram service = whole.service();
    double nines =
        Math.max(1, Math.floor(Math.log10(Math.max(10.0, (double) answers.getTotalCount()))));
    double least = Math.max(0.001, Math.min(run.response().min(), run.service().min()));
    double most = Math.max(least * 2, Math.max(run.response().max(), run.service().max()));
    Plot plot =
        new Plot(
            HEIGHT,
            Axis.number("nines of the percentile (2: p99, 3: p99.9)", 0, nines),
            Axis.logarithm("ms", least, most),
            "Percentiles");
    curve(plot, "c1", service, nines, least, "from sending");
    curve(plot, "c0", answers, nines, least, Words.response(run.facts()));
    return Page.key(List.of(Words.response(run.facts()), "from sending")) + plot.svg();
  }

  private static void curve(
      Plot plot, String style, Histogram micros, double nines, double least, String name) {
    if (micros.getTotalCount() == 0) {
      return;
    }
    int points = 60;
    double[] path = new double[2 * points + 2];
    for (int i = 0; i <= points; i++) {
      double at = nines * i / points;
      double value = micros.getValueAtPercentile(100 * (1 - Math.pow(10, -at))) / MICROS;
      path[2 * i] = at;
      path[2 * i + 1] = Math.max(least, value);
    }
    plot.line(style, path, name);
  }

  private static double asked(Interval interval) {
    return 1e3 * interval.requests() / interval.millis();
  }

  private Axis time() {
    return Axis.number("seconds", 0, intervals.size() * width());
  }

  private double width() {
    return intervals.isEmpty() ? 1 : intervals.get(0).millis() / 1e3;
  }

  private double middle(int interval) {
    return (interval + 0.5) * width();
  }

  private String second(int interval) {
    return String.format(Locale.ROOT, "%.0f s", interval * width());
  }

  private void line(Plot plot, String style, ToDoubleFunction<Interval> of, String name) {
    double[] points = new double[2 * intervals.size()];
    for (int i = 0; i < intervals.size(); i++) {
      points[2 * i] = middle(i);
      points[2 * i + 1] = of.applyAsDouble(intervals.get(i));
    }
    plot.line(style, points, name);
  }
}
