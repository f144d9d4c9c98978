package dev.alta.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is printed at the end of a run. */
public final class TextReport {
  private TextReport() {}

  /** Lines for people. */
  public static List<String> lines(
      Outcome run, Optional<Comparison> comparison, List<Check> checks) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d requests, %,.1f answered a second (%,.0f rows), %,d errors (%.3f%%)",
            run.requests(),
            run.perSecond(),
            run.rowsPerSecond(),
            run.errors(),
            100 * run.errorShare()));
    run.byStatus()
        .forEach(
            (status, count) ->
                lines.add(String.format(Locale.ROOT, "  %-20s %,12d", status, count)));
    lines.add(heads());
    lines.add(latencies(Words.response(run.facts()), run.response()));
    if (run.facts().isOpen()) {
      lines.add(latencies("from sending", run.service()));
    }
    for (Step step : run.breakingPoint().isEmpty() ? List.<Step>of() : run.steps()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  asked %,9.0f/s  answered %,9.0f/s  p99 %,9.2f ms  errors %.2f%%",
              step.asked(),
              step.answered(),
              step.p99(),
              100 * step.errors()));
    }
    if (!run.breakingPoint().isEmpty()) {
      lines.add(run.breakingPoint());
    }
    comparison.ifPresent(both -> addComparison(both, lines));
    checks.forEach(check -> lines.add((check.met() ? "met: " : "NOT MET: ") + check.what()));
    return lines;
  }

  private static void addComparison(Comparison both, List<String> lines) {
    lines.add("beside " + both.earlier().facts().id() + ":");
    both.rows()
        .forEach(
            row ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-18s %12s → %12s  ×%s",
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3))));
    both.differences().forEach(one -> lines.add("  not the same: " + one));
  }

  private static String heads() {
    return String.format(
        "%-22s %9s %9s %9s %9s %9s %9s %9s %9s",
        "latency, ms", "min", "mean", "p50", "p90", "p95", "p99", "p99.9", "max");
  }

  private static String latencies(String name, Latency latency) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(Locale.ROOT, "%-22s %,9.2f %,9.2f", name, latency.min(), latency.mean()));
    latency
        .percentiles()
        .values()
        .forEach(p -> line.append(String.format(Locale.ROOT, " %,9.2f", p)));
    return line.append(String.format(Locale.ROOT, " %,9.2f", latency.max())).toString();
  }
}
