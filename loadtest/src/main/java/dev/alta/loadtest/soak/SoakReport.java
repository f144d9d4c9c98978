package dev.alta.loadtest.soak;

import dev.alta.load.record.Interval;
import dev.alta.load.record.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A result in Markdown. */
final class SoakReport {
  private SoakReport() {}

  static List<String> lines(Soak.Result result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        words(
            "%d minutes at %,.0f requests a second (JSON `/predict` through the gateway, open loop,"
                + " latencies from the due time): %.0f%% of %,.0f, which a closed loop of 16 callers"
                + " reached before on the same cores. %,d requests, %,d failed; %d swaps, a training"
                + " every %d s on %,d rows at the lowest priority on the same cores; %d restarts of"
                + " the database. %,d predictions acknowledged, %,d in `inference_log`.",
            result.settings().length().toMinutes(),
            result.perSecond(),
            100 * result.settings().share(),
            result.capacity(),
            result.quarters().requests(),
            result.quarters().failed(),
            result.swaps(),
            result.settings().retrainEvery().toSeconds(),
            result.settings().rows(),
            result.restarts(),
            result.acknowledged(),
            result.logged()));
    lines.add("");
    lines.add("| | first quarter | second | third | last |");
    lines.add("|---|---|---|---|---|");
    latencies("", result.quarters().all(), lines);
    latencies(" outside of trainings and swaps", result.quarters().quiet(), lines);
    row(
        "requests",
        result.quarters().all().stream().map(one -> words("%,d", one.requests())),
        lines);
    row("failed", result.quarters().all().stream().map(SoakReport::failed), lines);
    for (Map.Entry<String, Map<Figure, List<Long>>> process : result.watched().entrySet()) {
      process
          .getValue()
          .forEach(
              (figure, quarters) ->
                  row(
                      "`" + process.getKey() + "`: " + figure.title(),
                      quarters.stream().map(value -> words("%,.0f", figure.shown(value))),
                      lines));
    }
    row(
        "spool, MiB",
        result.spools().stream().map(bytes -> words("%,.0f", (double) bytes / (1 << 20))),
        lines);
    lines.add("");
    lines.add("| expected | met |");
    lines.add("|---|---|");
    result
        .checks()
        .forEach(
            check ->
                lines.add("| " + check.what() + " | " + (check.met() ? "yes" : "**no**") + " |"));
    return lines;
  }

  private static void latencies(String where, List<Interval> quarters, List<String> lines) {
    for (double percentile : Rules.PERCENTILES) {
      row(
          "p" + name(percentile) + " ms" + where,
          quarters.stream()
              .map(one -> one.answered() == 0 ? "none" : words("%.2f", one.percentile(percentile))),
          lines);
    }
  }

  private static void row(String name, Stream<String> cells, List<String> lines) {
    lines.add("| " + name + " | " + cells.collect(Collectors.joining(" | ")) + " |");
  }

  /** How many, and how they ended. */
  private static String failed(Interval quarter) {
    Map<String, Long> byStatus = quarter.byStatus();
    byStatus.remove(Recording.OK);
    return quarter.errors() == 0 ? "0" : words("%,d %s", quarter.errors(), byStatus);
  }

  /** Such as 50 and 99.9. */
  static String name(double percentile) {
    return percentile == Math.rint(percentile)
        ? words("%.0f", percentile)
        : Double.toString(percentile);
  }

  private static String words(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
