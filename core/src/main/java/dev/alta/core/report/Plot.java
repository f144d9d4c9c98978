package dev.alta.core.report;

/** A picture with two axes, drawn in their units. */
public final class Plot {
  private static final double WIDTH = 360;
  private static final double LEFT = 42;
  private static final double RIGHT = 10;
  private static final double TOP = 22;
  private static final double BOTTOM = 34;

  private final Svg svg;
  private final double height;
  private final Axis x;
  private final Axis y;

  public Plot(double height, Axis x, Axis y, String label) {
    this.svg = new Svg(WIDTH, height, label);
    this.height = height;
    this.x = x;
    this.y = y;
    double floor = height - BOTTOM;
    for (double tick : x.ticks()) {
      svg.line("grid", atX(tick), TOP, atX(tick), floor)
          .text(tick == x.to() ? "end" : "middle", atX(tick), floor + 13, x.words(tick));
    }
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, atY(tick), WIDTH - RIGHT, atY(tick))
          .text("end", LEFT - 4, atY(tick) + 4, y.words(tick));
    }
    svg.line("axis", LEFT, floor, WIDTH - RIGHT, floor)
        .line("axis", LEFT, TOP, LEFT, floor)
        .text("end", WIDTH - RIGHT, height - 5, x.name() + " →")
        .text("start", 2, 12, "↑ " + y.name());
  }

  /** A line through points: x and y of the first, of the second, … */
  public Plot line(String style, double[] points, String tip) {
    double[] places = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      places[i] = atX(points[i]);
      places[i + 1] = atY(points[i + 1]);
    }
    svg.path(style + " line", places, tip);
    return this;
  }

  /** A straight line that guides the eye. */
  public Plot guide(double x1, double y1, double x2, double y2) {
    svg.line("axis dash", atX(x1), atY(y1), atX(x2), atY(y2));
    return this;
  }

  public Plot dot(String style, double atX, double atY, double radius, String tip) {
    svg.circle(style, atX(atX), atY(atY), radius, tip);
    return this;
  }

  /** From one height to another, such as an interval. */
  public Plot whisker(double atX, double low, double high) {
    svg.line("whisker", atX(atX), atY(low), atX(atX), atY(high));
    return this;
  }

  private double atX(double value) {
    return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private double atY(double value) {
    return height - BOTTOM - y.place(value) * (height - TOP - BOTTOM);
  }

  public Svg svg() {
    return svg;
  }
}
