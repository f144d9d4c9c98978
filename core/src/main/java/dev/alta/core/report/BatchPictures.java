package dev.alta.core.report;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.Charts.Scale;
import dev.alta.core.report.Charts.Series;
import dev.alta.proto.v1.BatchColumn;
import dev.alta.proto.v1.BatchProfile;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.DataProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How batches differ from each other: the classes, and those columns that differ most. */
final class BatchPictures {
  private static final int MOST = 12;

  /**
   * A line over batches, and how much it moves, from 0 on, comparable between columns. A picture
   * shows at least this range, so that noise looks small.
   */
  private record Drift(
      Column column, String what, List<Double> values, double size, double least, boolean share) {}

  private final Contract contract;
  private final DataProfile profile;
  private final List<BatchProfile> batches;

  BatchPictures(Contract contract, DataProfile profile) {
    this.contract = contract;
    this.profile = profile;
    this.batches = profile.getBatchesList().stream().filter(b -> b.getRows() > 0).toList();
  }

  void addTo(Page page) {
    page.section(
        "Drift over batches",
        batches.size() < 2
            ? "There is one batch only: nothing to compare."
            : "Batches in the order in which they came in: the classes, and of all columns those "
                + MOST
                + " that differ most from batch to batch.");
    if (batches.size() < 2) {
      return;
    }
    page.open();
    classes(page);
    List<Drift> drifts = new ArrayList<>();
    contract.columns().stream()
        .filter(column -> !column.identifies() && column.index() < profile.getColumnsCount())
        .forEach(column -> drifts.add(drift(column)));
    drifts.stream()
        .sorted(Comparator.comparingDouble(Drift::size).reversed())
        .filter(drift -> drift.size() > 0)
        .limit(MOST)
        .forEach(drift -> card(page, drift));
    page.close();
  }

  private void classes(Page page) {
    Column target = contract.target();
    List<Series> lines = new ArrayList<>();
    for (int label = 0; label < target.values().size(); label++) {
      int position = label;
      lines.add(
          new Series(
              target.values().get(label).label(),
              "c" + label % 3,
              overBatches(batch -> share(batch, target.index(), position))));
    }
    page.card(
        target.label(),
        "share of each class",
        Page.key(target.values().stream().map(Column.Value::label).toList())
            + Charts.lines("Classes over batches", lines, Scale.of(lines, 0.1, true)));
  }

  private static void card(Page page, Drift drift) {
    List<Series> lines = List.of(new Series(drift.what(), "", drift.values()));
    Scale scale = Scale.of(lines, drift.least(), drift.share());
    page.card(
        drift.column().label(),
        drift.what(),
        Charts.lines(drift.column().label() + " over batches", lines, scale));
  }

  /** Of the missing share and the values, that which moves most. */
  private Drift drift(Column column) {
    int index = column.index();
    List<Double> missing =
        overBatches(b -> (double) b.getColumns(index).getMissing() / b.getRows());
    Drift most =
        new Drift(column, "share of rows without a value", missing, spread(missing), 0.1, true);
    ColumnProfile whole = profile.getColumns(index);
    // Shares of few rows jump about and mean little.
    double weight =
        profile.getRows() == 0 ? 0 : 1 - (double) whole.getMissing() / profile.getRows();
    if (whole.hasNumber()) {
      List<Double> means = overBatches(b -> b.getColumns(index).getMean());
      double sd = whole.getNumber().getStandardDeviation();
      double size = sd == 0 ? 0 : weight * spread(means) / sd;
      return size > most.size() ? new Drift(column, "mean", means, size, sd / 2, false) : most;
    }
    int listed = batches.get(0).getColumns(index).getCountsCount();
    for (int value = 0; value < listed; value++) {
      int position = value;
      List<Double> shares = overBatches(batch -> share(batch, index, position));
      double size = weight * spread(shares);
      if (size > most.size()) {
        String name = ColumnCards.label(column, whole.getValues(value).getValue());
        most = new Drift(column, "share of " + name, shares, size, 0.1, true);
      }
    }
    return most;
  }

  private List<Double> overBatches(ToDoubleFunction<BatchProfile> value) {
    return batches.stream().map(batch -> value.applyAsDouble(batch)).toList();
  }

  private static double share(BatchProfile batch, int column, int position) {
    BatchColumn counted = batch.getColumns(column);
    double recorded = batch.getRows() - counted.getMissing();
    return recorded == 0 || position >= counted.getCountsCount()
        ? 0
        : counted.getCounts(position) / recorded;
  }

  private static double spread(List<Double> values) {
    double low = values.stream().mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().mapToDouble(v -> v).max().orElse(0);
    return high - low;
  }
}
