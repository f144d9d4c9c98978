package dev.alta.core.report;

import java.util.List;
import java.util.Locale;

/**
 * A picture as it is built up: shapes in units of its own width and height. Colours are classes of
 * the page's style sheet, so that they follow light and dark.
 */
public final class Svg {
  private static final double KEY_ROW = 18;
  // Of a text of 11 units, about.
  private static final double LETTER = 5.6;

  private final StringBuilder shapes = new StringBuilder();
  private final double width;
  private final double height;
  private final String label;

  /**
   * An empty picture.
   *
   * @param label what it shows, for those who hear the page
   */
  public Svg(double width, double height, String label) {
    this.width = width;
    this.height = height;
    this.label = label;
  }

  /** A rectangle with a text that shows when it is pointed at. */
  public Svg rect(String style, double x, double y, double w, double h, String tip) {
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>",
        style, n(x), n(y), n(Math.max(0, w)), n(Math.max(0, h)), Html.text(tip));
  }

  /** A circle with a text that shows when it is pointed at. */
  public Svg circle(String style, double x, double y, double r, String tip) {
    return add(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"><title>%s</title></circle>",
        style, n(x), n(y), n(r), Html.text(tip));
  }

  public Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
        style, n(x1), n(y1), n(x2), n(y2));
  }

  /** A line through points: x and y of the first, of the second, … */
  public Svg path(String style, double[] points, String tip) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(n(points[i])).append(' ').append(n(points[i + 1]));
    }
    return add("<path class=\"%s\" d=\"%s\"><title>%s</title></path>", style, path, Html.text(tip));
  }

  /** A rectangle through which what is behind it shows, from 0 (all of it) to 1 (none). */
  public Svg shade(String style, double x, double y, double w, double h, double strength) {
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill-opacity=\"%.2f\"/>",
        style, n(x), n(y), n(w), n(h), strength);
  }

  /** Many dots of one style, without texts: x and y of the first, of the second, … */
  public Svg dots(String style, double[] points) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append('M').append(n(points[i])).append(' ').append(n(points[i + 1])).append("h0");
    }
    return add("<path class=\"%s\" d=\"%s\"/>", style, path);
  }

  /**
   * A text.
   *
   * @param anchor start, middle or end
   */
  public Svg text(String anchor, double x, double y, String text) {
    return add(
        "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
        anchor, n(x), n(y), Html.text(text));
  }

  /** A text in the middle of a coloured shape. */
  public Svg textOn(double x, double y, String text) {
    return add(
        "<text class=\"on\" text-anchor=\"middle\" x=\"%s\" y=\"%s\">%s</text>",
        n(x), n(y), Html.text(text));
  }

  /**
   * The picture as a file of its own, in the colours of the pages.
   *
   * @param names of the colours c0, c1, c2, which are told beneath it; none: of no colours
   */
  public String alone(List<String> names) {
    Svg key = new Svg(width, height, label);
    double x = 2;
    double y = names.isEmpty() ? height : height + KEY_ROW;
    for (int i = 0; i < names.size(); i++) {
      double needed = 26 + LETTER * names.get(i).length();
      if (x > 2 && x + needed > width) {
        x = 2;
        y += KEY_ROW;
      }
      key.rect("c" + i % 3, x, y - 11, 8, 8, names.get(i))
          .text("start", x + 12, y - 3, names.get(i));
      x += needed;
    }
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\""
            + " font-family=\"system-ui, sans-serif\" role=\"img\" aria-label=\"%s\"><style>%s</style>%s%s</svg>",
        n(width),
        n(y),
        n(width),
        n(y),
        Html.text(label),
        Page.PICTURES,
        shapes,
        key.shapes);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"0 0 %s %s\" style=\"max-width:%spx\" role=\"img\" aria-label=\"%s\">%s</svg>",
        n(width),
        n(height),
        n(width * 1.3),
        Html.text(label),
        shapes);
  }

  private Svg add(String shape, Object... values) {
    shapes.append(String.format(Locale.ROOT, shape, values));
    return this;
  }

  /** With no more digits than a screen can show. */
  private static String n(double value) {
    double rounded = Math.rint(value * 10) / 10;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
