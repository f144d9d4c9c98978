package dev.alta.load.report;

import dev.alta.core.report.Html;
import java.util.ArrayList;
import java.util.List;

/** A run beside an earlier one, as ratios: absolute figures say little on another machine. */
public record Comparison(Outcome now, Outcome earlier) {
  /**
   * Pairs two runs.
   *
   * @throws IllegalArgumentException if they did not ask the same
   */
  public Comparison {
    if (!now.facts().name().equals(earlier.facts().name())) {
      throw new IllegalArgumentException(
          "--compare: a run of "
              + earlier.facts().name()
              + " (expected: one of "
              + now.facts().name()
              + ")");
    }
  }

  /** Figure, earlier, now, ratio. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("answered a second", earlier.perSecond(), now.perSecond()));
    for (String name : now.response().percentiles().keySet()) {
      rows.add(row(name + ", ms", earlier.response().p(name), now.response().p(name)));
    }
    rows.add(row("max, ms", earlier.response().max(), now.response().max()));
    rows.add(row("errors", (double) earlier.errors(), (double) now.errors()));
    return rows;
  }

  /** Where a ratio may be due to something else than what was changed. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    note(differences, "machine", earlier.facts().machine(), now.facts().machine());
    note(differences, "tool", earlier.facts().tool(), now.facts().tool());
    note(differences, "loop", earlier.facts().loop(), now.facts().loop());
    note(differences, "model", earlier.facts().model(), now.facts().model());
    note(
        differences,
        "requests a second",
        Html.number(earlier.facts().perSecond()),
        Html.number(now.facts().perSecond()));
    note(differences, "rows", earlier.facts().rows(), now.facts().rows());
    return differences;
  }

  private static void note(List<String> differences, String what, String earlier, String now) {
    if (!earlier.equals(now)) {
      differences.add(what + ": " + now + ", in the earlier run " + earlier);
    }
  }

  private static List<String> row(String name, double earlier, double now) {
    return List.of(
        name,
        Html.number(earlier),
        Html.number(now),
        earlier == 0 ? "" : Html.number(now / earlier));
  }
}
