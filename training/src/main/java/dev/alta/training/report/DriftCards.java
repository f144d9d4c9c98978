package dev.alta.training.report;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.drift.ColumnDrift;
import dev.alta.core.drift.DriftBin;
import dev.alta.core.drift.InputDrift;
import dev.alta.core.report.Charts;
import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.core.report.Table;
import dev.alta.training.live.LiveVersion;
import java.util.List;
import java.util.Locale;

/** How far the encounters that were asked for are from those that the version learned from. */
final class DriftCards {
  private static final int MOST_COLUMNS = 15;
  private static final int MOST_TABLES = 6;
  private static final int MOST_BINS = 12;
  // Below it a column counts as stable.
  private static final double STABLE = 0.1;

  private DriftCards() {}

  static void addTo(Page page, Contract contract, LiveVersion version) {
    if (version.drift().isEmpty()) {
      page.card(
          "Drift of the inputs",
          "Not known: this database does not have the profile of the rows it learned from.",
          "");
      return;
    }
    InputDrift drift = version.drift().get();
    List<ColumnDrift> moved =
        drift.columns().stream().filter(column -> column.reaches(STABLE)).toList();
    page.card(
        "Drift of the inputs",
        Html.count(drift.rows())
            + " encounters against "
            + Html.count(drift.referenceRows())
            + " that it learned from: population stability index of the columns that moved most."
            + " Below 0.1 is stable, from 0.25 on is another population. "
            + (moved.isEmpty()
                ? "No column is beyond 0.1 and chance."
                : moved.size() + " beyond 0.1 and chance."),
        Charts.bars(
            "Population stability index by column",
            drift.columns().stream().limit(MOST_COLUMNS).map(c -> bar(contract, c)).toList()));
    moved.stream().limit(MOST_TABLES).forEach(column -> table(page, contract, drift, column));
  }

  private static Charts.Bar bar(Contract contract, ColumnDrift column) {
    return new Charts.Bar(
        label(contract, column), column.psi(), String.format(Locale.ROOT, "%.3f", column.psi()));
  }

  private static String label(Contract contract, ColumnDrift column) {
    return contract.find(column.column()).map(Column::label).orElse(column.column());
  }

  private static void table(Page page, Contract contract, InputDrift drift, ColumnDrift column) {
    Table table = Table.of(List.of("", "learned from", "asked now"));
    column.bins().stream()
        .sorted((a, b) -> Double.compare(distance(drift, b), distance(drift, a)))
        .limit(MOST_BINS)
        .forEach(
            bin ->
                table.row(
                    List.of(
                        name(contract, column, bin),
                        share(bin.reference(), drift.referenceRows()),
                        share(bin.actual(), drift.rows()))));
    page.card(
        "Drift: " + label(contract, column),
        String.format(
            Locale.ROOT,
            "Population stability index %.3f; chance stays below %.3f. What changed most first.",
            column.psi(),
            column.chance()),
        table.toString());
  }

  private static String name(Contract contract, ColumnDrift column, DriftBin bin) {
    Column found = contract.column(column.column());
    int position = found.position(bin.name());
    return position < 0 ? bin.name() : found.values().get(position).label();
  }

  private static double distance(InputDrift drift, DriftBin bin) {
    return Math.abs(
        (double) bin.reference() / drift.referenceRows() - (double) bin.actual() / drift.rows());
  }

  private static String share(long part, long whole) {
    return Html.share((double) part / whole);
  }
}
