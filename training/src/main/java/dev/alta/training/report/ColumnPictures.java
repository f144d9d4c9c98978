package dev.alta.training.report;

import dev.alta.core.report.Axis;
import dev.alta.core.report.Html;
import dev.alta.core.report.Svg;
import dev.alta.proto.v1.ColumnImportance;
import dev.alta.proto.v1.ColumnShap;
import dev.alta.proto.v1.PermutationImportance;
import dev.alta.proto.v1.ShapSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What matters: columns one below the other, the most important at the top. */
final class ColumnPictures {
  private static final double WIDTH = 360;
  private static final double NAMES = 140;
  private static final double WORDS = 46;
  private static final double ROW = 18;
  private static final double SWARM_ROW = 22;
  private static final int MOST = 20;
  private static final int SHADES = 5;

  private final UnaryOperator<String> labels;

  /**
   * Pictures of columns.
   *
   * @param labels what people read in place of a column's name
   */
  ColumnPictures(UnaryOperator<String> labels) {
    this.labels = labels;
  }

  /** How much the mean AUROC falls, with the spread over the repeats. */
  Svg importance(PermutationImportance importance) {
    List<ColumnImportance> columns = importance.getColumnsList().stream().limit(MOST).toList();
    double most = columns.stream().mapToDouble(c -> c.getDrop() + c.getDeviation()).max().orElse(1);
    double unit = (WIDTH - NAMES - WORDS) / Math.max(most, 1e-9);
    Svg svg = new Svg(WIDTH, columns.size() * ROW + 4, "Permutation importance of the columns");
    for (int i = 0; i < columns.size(); i++) {
      ColumnImportance column = columns.get(i);
      double y = i * ROW;
      double end = NAMES + Math.max(0, column.getDrop()) * unit;
      double spread = column.getDeviation() * unit;
      String words = String.format(Locale.ROOT, "%.4f", column.getDrop());
      svg.text("end", NAMES - 6, y + 13, name(column.getColumn()))
          .rect("bar", NAMES, y + 3, end - NAMES, ROW - 6, labels.apply(column.getColumn()))
          .line("whisker", Math.max(NAMES, end - spread), y + 9, end + spread, y + 9)
          .text("start", end + spread + 5, y + 13, words);
    }
    return svg;
  }

  /** Mean size of the contribution, the classes one after the other. */
  Svg shapBars(ShapSummary shap, List<String> classes) {
    List<ColumnShap> columns =
        shap.getColumnsList().stream()
            .sorted((a, b) -> Double.compare(sum(b), sum(a)))
            .limit(MOST)
            .toList();
    double most = columns.stream().mapToDouble(ColumnPictures::sum).max().orElse(1);
    double unit = (WIDTH - NAMES - WORDS) / Math.max(most, 1e-9);
    Svg svg = new Svg(WIDTH, columns.size() * ROW + 4, "Mean size of the contributions");
    for (int i = 0; i < columns.size(); i++) {
      ColumnShap column = columns.get(i);
      double x = NAMES;
      svg.text("end", NAMES - 6, i * ROW + 13, name(column.getColumn()));
      for (int c = 0; c < column.getMeanSizeCount(); c++) {
        double size = column.getMeanSize(c);
        String tip = String.format(Locale.ROOT, "%s: %.3f", classes.get(c), size);
        svg.rect("c" + c % 3, x, i * ROW + 3, size * unit, ROW - 6, tip);
        x += size * unit;
      }
      svg.text("start", x + 5, i * ROW + 13, String.format(Locale.ROOT, "%.3f", sum(column)));
    }
    return svg;
  }

  /** A dot for each row: how far its value moved the margin, in the colour of the value. */
  Svg beeswarm(ShapSummary shap) {
    List<ColumnShap> columns =
        shap.getColumnsList().stream().filter(c -> c.getContributionsCount() > 0).toList();
    Axis axis = axis(columns);
    double floor = columns.size() * SWARM_ROW + 4;
    Svg svg = new Svg(WIDTH, floor + 34, "Contributions of the columns, row by row");
    for (double tick : axis.ticks()) {
      svg.line(Math.abs(tick) < 1e-9 ? "axis" : "grid", x(axis, tick), 0, x(axis, tick), floor)
          .text("middle", x(axis, tick), floor + 13, axis.words(tick));
    }
    svg.text("end", WIDTH - 6, floor + 29, axis.name() + " →");
    for (int i = 0; i < columns.size(); i++) {
      double middle = i * SWARM_ROW + SWARM_ROW / 2 + 2;
      svg.text("end", NAMES - 8, middle + 4, name(columns.get(i).getColumn()));
      swarm(svg, columns.get(i), axis, middle);
    }
    return svg;
  }

  private static Axis axis(List<ColumnShap> columns) {
    double[] sorted =
        columns.stream()
            .flatMap(column -> column.getContributionsList().stream())
            .mapToDouble(contribution -> contribution)
            .sorted()
            .toArray();
    // A few outermost dots, which are drawn at the edges, must not press all others together.
    int outermost = sorted.length / 800;
    double low = sorted.length == 0 ? 0 : Math.min(0, sorted[outermost]);
    double high = sorted.length == 0 ? 0 : Math.max(0, sorted[sorted.length - 1 - outermost]);
    return Axis.number("raises the risk", low, high);
  }

  private static double x(Axis axis, double contribution) {
    return NAMES + 4 + axis.place(contribution) * (WIDTH - NAMES - 16);
  }

  private static void swarm(Svg svg, ColumnShap column, Axis axis, double middle) {
    int bins = (int) WIDTH / 2;
    int[] inBin = new int[bins];
    for (float contribution : column.getContributionsList()) {
      inBin[bin(axis, contribution)]++;
    }
    int[] placed = new int[bins];
    List<List<Double>> shades = new ArrayList<>();
    for (int shade = 0; shade <= SHADES; shade++) {
      shades.add(new ArrayList<>());
    }
    for (int i = 0; i < column.getContributionsCount(); i++) {
      int bin = bin(axis, column.getContributions(i));
      double step = Math.min(1.5, (SWARM_ROW - 5) / inBin[bin]);
      // Around the middle line, by turns above and below.
      int turn = placed[bin]++;
      double off = step * (turn % 2 == 0 ? turn / 2 : -(turn / 2 + 1));
      List<Double> points = shades.get(shade(column.getPlaces(i)));
      points.add(x(axis, column.getContributions(i)));
      points.add(middle + off);
    }
    for (int shade = 0; shade <= SHADES; shade++) {
      if (!shades.get(shade).isEmpty()) {
        String style = "swarm v" + (shade == SHADES ? "n" : Integer.toString(shade));
        svg.dots(style, shades.get(shade).stream().mapToDouble(d -> d).toArray());
      }
    }
  }

  private static int bin(Axis axis, float contribution) {
    return Math.min((int) WIDTH / 2 - 1, (int) (x(axis, contribution) / 2));
  }

  private static int shade(float place) {
    return place < 0 ? SHADES : Math.min(SHADES - 1, (int) (place * SHADES));
  }

  private static double sum(ColumnShap column) {
    return column.getMeanSizeList().stream().mapToDouble(size -> size).sum();
  }

  private String name(String column) {
    return Html.cut(labels.apply(column), 20);
  }
}
