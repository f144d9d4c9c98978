package dev.alta.core.report;

import java.util.ArrayList;
import java.util.List;

/** The pictures of a report. */
public final class Charts {
  /** A bar: its name, how long it is, and what stands at its end. */
  public record Bar(String name, double value, String words) {}

  /** A line: its name, its class in the style sheet, and its points from left to right. */
  public record Series(String name, String style, List<Double> values) {}

  private static final double WIDTH = 360;
  private static final double NAMES = 150;
  private static final double WORDS = 58;
  private static final double ROW = 17;

  private Charts() {}

  /** Bars beside their names, one below the other. */
  public static String bars(String label, List<Bar> bars) {
    Svg svg = new Svg(WIDTH, bars.size() * ROW + 4, label);
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    double room = WIDTH - NAMES - WORDS;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double length = most == 0 ? 0 : Math.max(bar.value() > 0 ? 1 : 0, bar.value() / most * room);
      String tip = bar.name() + ": " + bar.words();
      svg.text("end", NAMES - 6, i * ROW + 13, Html.cut(bar.name(), 23))
          .rect("bar", NAMES, i * ROW + 3, length, ROW - 5, tip)
          .text("start", NAMES + length + 5, i * ROW + 13, bar.words());
    }
    return svg.toString();
  }

  /** Columns side by side over a range, with its ends written below. */
  public static String histogram(String label, List<Bar> bins, String from, String to) {
    double height = 110;
    double floor = height - 18;
    Svg svg = new Svg(WIDTH, height, label);
    double most = bins.stream().mapToDouble(Bar::value).max().orElse(1);
    double step = WIDTH / Math.max(1, bins.size());
    for (int i = 0; i < bins.size(); i++) {
      Bar bin = bins.get(i);
      double tall =
          most == 0 ? 0 : Math.max(bin.value() > 0 ? 1 : 0, bin.value() / most * (floor - 6));
      String tip = bin.name() + ": " + bin.words();
      svg.rect("bar", i * step + 0.5, floor - tall, step - 1, tall, tip);
    }
    svg.line("axis", 0, floor, WIDTH, floor)
        .text("start", 0, height - 4, from)
        .text("end", WIDTH, height - 4, to);
    return svg.toString();
  }

  /**
   * Shares that make up a whole, as one bar for each row.
   *
   * @param rows names, and the shares from left to right
   */
  public static String stacked(String label, List<Series> rows, List<String> parts) {
    double names = 90;
    Svg svg = new Svg(WIDTH, rows.size() * 26 + 4, label);
    for (int i = 0; i < rows.size(); i++) {
      svg.text("end", names - 6, i * 26 + 18, rows.get(i).name());
      double x = names;
      for (int part = 0; part < parts.size(); part++) {
        double share = rows.get(i).values().get(part);
        double w = share * (WIDTH - names);
        svg.rect("c" + part, x, i * 26 + 3, w, 22, parts.get(part) + ": " + Html.share(share));
        if (w > 34) {
          svg.textOn(x + w / 2, i * 26 + 18, Html.share(share));
        }
        x += w;
      }
    }
    return svg.toString();
  }

  /** Lines over batches, with the ends of the scale at the left. */
  public static String lines(String label, List<Series> lines, Scale scale) {
    double left = 44;
    double height = 120;
    double floor = height - 18;
    Svg svg = new Svg(WIDTH, height, label);
    svg.line("axis", left, floor, WIDTH, floor).line("grid", left, 8, WIDTH, 8);
    svg.text("end", left - 4, 12, scale.words(scale.top()));
    svg.text("end", left - 4, floor + 4, scale.words(scale.bottom()));
    int points = lines.stream().mapToInt(line -> line.values().size()).max().orElse(0);
    for (Series line : lines) {
      List<Double> path = new ArrayList<>();
      for (int i = 0; i < line.values().size(); i++) {
        double x = left + (points < 2 ? 0.5 : (double) i / (points - 1)) * (WIDTH - left - 6);
        double y = floor - scale.place(line.values().get(i)) * (floor - 8);
        path.add(x);
        path.add(y);
        if (points <= 40) {
          String tip = line.name() + ": " + scale.words(line.values().get(i));
          svg.circle(line.style() + " dot", x, y, 2.5, tip);
        }
      }
      svg.path(line.style() + " line", path.stream().mapToDouble(d -> d).toArray(), line.name());
    }
    svg.text("start", left, height - 4, "first batch").text("end", WIDTH, height - 4, "last batch");
    return svg.toString();
  }

  /** The height of a picture of lines, in the unit of its values. */
  public record Scale(double bottom, double top, boolean isShare) {
    /** From the smallest to the largest value; not smaller than that, so that noise stays small. */
    public static Scale of(List<Series> lines, double least, boolean isShare) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Series line : lines) {
        for (double value : line.values()) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      double more = Math.max(0, least - (high - low)) / 2;
      double bottom = isShare ? Math.max(0, low - more) : low - more;
      return new Scale(bottom, isShare ? Math.min(1, high + more) : high + more, isShare);
    }

    double place(double value) {
      return top == bottom ? 0.5 : (value - bottom) / (top - bottom);
    }

    String words(double value) {
      return isShare ? Html.share(value) : Html.number(value);
    }
  }
}
