package dev.alta.training.report;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.Axis;
import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.core.report.Svg;
import dev.alta.core.report.Table;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.Subgroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of subgroups: a picture and a table for each column. */
final class SubgroupSection {
  /** Below this, a subgroup's figures say little. */
  static final long FEW_ROWS = 500;

  private static final String FIGURE = "mean_auroc";
  private static final double WIDTH = 360;
  private static final double NAMES = 122;
  private static final double ROW = 20;

  private final Contract contract;
  private final Evaluation test;
  private final String urgentName;

  SubgroupSection(ReportInput input) {
    this.contract = input.contract();
    this.test = input.test();
    int last = input.model().getClassesCount() - 1;
    this.urgentName = "auroc." + input.model().getClasses(last);
  }

  void addTo(Page page) {
    if (test.getSubgroupsCount() == 0) {
      return;
    }
    page.section(
            "Subgroups",
            "The test rows of one group of patients at a time. The line marks all rows. Where a"
                + " class does not occur in a group, or hardly, there is no AUROC.")
        .open();
    Map<String, List<Subgroup>> columns = new LinkedHashMap<>();
    for (Subgroup group : test.getSubgroupsList()) {
      columns.computeIfAbsent(group.getColumn(), column -> new ArrayList<>()).add(group);
    }
    columns.forEach(
        (column, groups) -> {
          String label = columnLabel(column);
          page.card(label + ": mean AUROC", "with 95% intervals", picture(label, groups));
          page.card(label, "", table(groups));
        });
    page.close();
  }

  private String picture(String label, List<Subgroup> groups) {
    Axis axis = axis(groups);
    double floor = groups.size() * ROW;
    Svg svg = new Svg(WIDTH, floor + 20, label + ": mean AUROC of the groups");
    for (double tick : axis.ticks()) {
      svg.line("grid", x(axis, tick), 0, x(axis, tick), floor)
          .text("middle", x(axis, tick), floor + 13, axis.words(tick));
    }
    svg.line("axis dash", x(axis, test.getMeanAuroc()), 0, x(axis, test.getMeanAuroc()), floor);
    for (int i = 0; i < groups.size(); i++) {
      draw(svg, groups.get(i), axis, i * ROW + ROW / 2);
    }
    return svg.toString();
  }

  /** Wide enough for all intervals, and not so narrow that noise looks large. */
  private Axis axis(List<Subgroup> groups) {
    double low = test.getMeanAuroc() - 0.02;
    double high = test.getMeanAuroc() + 0.02;
    for (Subgroup group : groups) {
      if (group.getIntervalsMap().containsKey(FIGURE)) {
        Interval interval = group.getIntervalsOrThrow(FIGURE);
        low = Math.min(low, interval.getLow());
        high = Math.max(high, interval.getHigh());
      }
    }
    return Axis.number("mean AUROC", low, high);
  }

  private void draw(Svg svg, Subgroup group, Axis axis, double y) {
    svg.text("end", NAMES - 6, y + 4, Html.cut(valueLabel(group), 20));
    if (group.getIntervalsMap().containsKey(FIGURE)) {
      Interval interval = group.getIntervalsOrThrow(FIGURE);
      svg.line("whisker", x(axis, interval.getLow()), y, x(axis, interval.getHigh()), y);
    }
    if (group.getFiguresMap().containsKey(FIGURE)) {
      String tip = Html.count(group.getRows()) + " rows: " + figure(group, FIGURE);
      svg.circle("dot", x(axis, group.getFiguresOrThrow(FIGURE)), y, 3.5, tip);
    } else {
      svg.text("start", NAMES + 4, y + 4, "no figure");
    }
  }

  private static double x(Axis axis, double value) {
    return NAMES + 6 + axis.place(value) * (WIDTH - NAMES - 22);
  }

  private String table(List<Subgroup> groups) {
    Table table =
        Table.of(
            List.of(
                "group",
                "rows (patients)",
                "mean AUROC",
                "AUROC " + urgentName.substring("auroc.".length()),
                "accuracy",
                "calibration"));
    for (Subgroup group : groups) {
      table.row(
          List.of(
              valueLabel(group),
              Html.count(group.getRows()) + " (" + Html.count(group.getPatients()) + ")",
              figure(group, FIGURE),
              figure(group, urgentName),
              figure(group, "accuracy"),
              short3(group.getFiguresOrDefault("calibration_error", Double.NaN))));
    }
    return table.toString();
  }

  private static String figure(Subgroup group, String name) {
    if (!group.getFiguresMap().containsKey(name)) {
      return "–";
    }
    String interval = short3(group.getIntervalsMap().get(name));
    return short3(group.getFiguresOrThrow(name)) + interval;
  }

  private static String short3(@Nullable Interval interval) {
    return interval == null
        ? ""
        : " (" + short3(interval.getLow()) + "–" + short3(interval.getHigh()) + ")";
  }

  private static String short3(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Groups of few rows, as people read them: "Age [0-10) (32 rows)". */
  List<String> few() {
    return test.getSubgroupsList().stream()
        .filter(group -> group.getRows() < FEW_ROWS)
        .map(group -> name(group) + " (" + Html.count(group.getRows()) + ")")
        .toList();
  }

  /** Groups of enough rows that are surely ranked worse than all rows together. */
  List<String> weaker() {
    return test.getSubgroupsList().stream()
        .filter(group -> group.getRows() >= FEW_ROWS)
        .filter(group -> group.getIntervalsMap().containsKey(FIGURE))
        .filter(group -> group.getIntervalsOrThrow(FIGURE).getHigh() < test.getMeanAuroc())
        .map(group -> name(group) + " (" + short3(group.getFiguresOrThrow(FIGURE)) + ")")
        .toList();
  }

  private String name(Subgroup group) {
    return columnLabel(group.getColumn()) + " " + valueLabel(group);
  }

  private String columnLabel(String column) {
    return contract.find(column).map(Column::label).orElse(column);
  }

  private String valueLabel(Subgroup group) {
    if (group.getValue().isEmpty()) {
      return "not recorded";
    }
    Column column = contract.find(group.getColumn()).orElse(null);
    int position = column == null ? -1 : column.position(group.getValue());
    return column == null || position < 0
        ? group.getValue()
        : column.values().get(position).label();
  }
}
