package dev.alta.core.report;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.Charts.Bar;
import dev.alta.proto.v1.Bin;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.NumberProfile;
import dev.alta.proto.v1.Quantile;
import dev.alta.proto.v1.ValueCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every column: its values as bars, or its numbers as a histogram. */
final class ColumnCards {
  private static final int MOST_BARS = 12;

  private final Contract contract;
  private final DataProfile profile;

  ColumnCards(Contract contract, DataProfile profile) {
    this.contract = contract;
    this.profile = profile;
  }

  /** What people read in place of a value of a column. */
  static String label(Column column, String value) {
    int position = column.position(value);
    return position < 0 ? value : column.values().get(position).label();
  }

  void addTo(Page page) {
    Map<String, List<Column>> sections = new LinkedHashMap<>();
    for (Column column : contract.columns()) {
      if (!column.identifies() && column.index() < profile.getColumnsCount()) {
        sections.computeIfAbsent(column.section(), name -> new ArrayList<>()).add(column);
      }
    }
    sections.forEach(
        (name, columns) -> {
          page.section(
              name.isEmpty() ? "Columns" : "Columns: " + name,
              "Shares are of the rows in which the column is recorded.");
          page.open();
          columns.forEach(column -> card(page, column));
          page.close();
        });
  }

  private void card(Page page, Column column) {
    ColumnProfile counted = profile.getColumns(column.index());
    String words = column.name() + "; recorded in " + Html.share(recordedShare(counted));
    if (counted.hasNumber()) {
      NumberProfile number = counted.getNumber();
      page.card(
          column.label(),
          words + "; " + words(number, column.unit()),
          histogram(column, number, recorded(counted)));
    } else {
      page.card(column.label(), words, bars(column, counted));
    }
  }

  private double recorded(ColumnProfile counted) {
    return (double) profile.getRows() - counted.getMissing();
  }

  private double recordedShare(ColumnProfile counted) {
    return profile.getRows() == 0 ? 0 : recorded(counted) / profile.getRows();
  }

  private static String words(NumberProfile number, String unit) {
    String quantiles =
        number.getQuantilesList().stream()
            .filter(q -> q.getShare() == 0.05 || q.getShare() == 0.5 || q.getShare() == 0.95)
            .map(Quantile::getValue)
            .map(Html::number)
            .collect(Collectors.joining(" / "));
    return "mean "
        + Html.number(number.getMean())
        + ", 5% / median / 95%: "
        + quantiles
        + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String histogram(Column column, NumberProfile number, double recorded) {
    List<Bar> bins = new ArrayList<>();
    boolean whole = column.type() == Column.Type.WHOLE;
    for (Bin bin : number.getBinsList()) {
      double last = whole ? Math.min(bin.getTo() - 1, number.getMax()) : bin.getTo();
      String name =
          whole && last == bin.getFrom()
              ? Html.number(last)
              : Html.number(bin.getFrom()) + " to " + Html.number(last);
      bins.add(new Bar(name, bin.getCount(), Html.share(bin.getCount() / recorded)));
    }
    return Charts.histogram(
        column.label(), bins, Html.number(number.getMin()), Html.number(number.getMax()));
  }

  private String bars(Column column, ColumnProfile counted) {
    double recorded = recorded(counted);
    List<ValueCount> values =
        counted.getValuesList().stream().filter(value -> value.getCount() > 0).toList();
    List<ValueCount> shown = values;
    if (!column.ordered() || values.size() > MOST_BARS) {
      shown =
          values.stream()
              .sorted(Comparator.comparingInt(ValueCount::getCount).reversed())
              .limit(MOST_BARS)
              .toList();
    }
    List<Bar> bars = new ArrayList<>();
    long rest = Math.round(recorded);
    for (ValueCount value : shown) {
      rest -= value.getCount();
      double share = value.getCount() / recorded;
      bars.add(new Bar(label(column, value.getValue()), share, Html.share(share)));
    }
    if (rest > 0) {
      bars.add(new Bar("all others", rest / recorded, Html.share(rest / recorded)));
    }
    return Charts.bars(column.label(), bars);
  }
}
