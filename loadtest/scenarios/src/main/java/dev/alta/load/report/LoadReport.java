package dev.alta.load.report;

import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.core.report.Table;
import dev.alta.load.record.Interval;
import dev.alta.load.record.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as one HTML page that fetches nothing. */
public final class LoadReport {
  private final Outcome run;
  private final Page page;

  private LoadReport(Outcome run) {
    this.run = run;
    this.page = new Page("Load test: " + run.facts().name());
  }

  /** The page. */
  public static String html(
      Outcome run, Recording recording, Optional<Comparison> comparison, List<Check> checks) {
    LoadReport report = new LoadReport(run);
    report.head(checks);
    report.pictures(new LoadPictures(run, recording));
    report.tables(recording.whole());
    comparison.ifPresent(report::comparison);
    report.provenance();
    return report.page.toString();
  }

  private void head(List<Check> checks) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("answered a second", Html.number(run.perSecond()));
    if (run.facts().rowsPerRequest() > 1) {
      facts.put("rows a second", Html.number(run.rowsPerSecond()));
    }
    facts.put("requests", Html.count(run.requests()));
    facts.put("errors", Html.count(run.errors()) + " (" + Html.share(run.errorShare()) + ")");
    for (String name : List.of("p50", "p99")) {
      facts.put(name + ", " + Words.response(run.facts()), ms(run.response().p(name)));
    }
    page.say(Words.kind(run.facts())).facts(facts);
    if (!run.breakingPoint().isEmpty()) {
      page.say(run.breakingPoint());
    }
    if (!checks.isEmpty()) {
      page.list(
          checks.stream()
              .map(check -> (check.met() ? "Met: " : "Not met: ") + check.what())
              .toList());
    }
  }

  private void pictures(LoadPictures pictures) {
    String from = Words.response(run.facts());
    page.section("Over time", "By when requests were due; answers by when they came.").open();
    page.card("Throughput", "", pictures.throughput());
    page.card("Latency " + from, "Logarithmic.", pictures.latency());
    page.card("Errors", "", pictures.errors());
    page.close();
    page.section("Latencies", "Of all answers.").open();
    page.card(
        "Histogram " + from, "Bars of equal width on a logarithmic scale.", pictures.histogram());
    page.card(
        "Percentiles", "Where the lines part, requests waited to be sent.", pictures.percentiles());
    page.close();
  }

  private void tables(Interval whole) {
    page.section("Figures", "Latencies in milliseconds.").open();
    List<String> heads = new ArrayList<>(List.of("", "min", "mean"));
    heads.addAll(run.response().percentiles().keySet());
    heads.add("max");
    Table latencies = Table.of(heads);
    latencies.row(row("answers, " + Words.response(run.facts()), run.response()));
    latencies.row(row("all requests, from sending", run.service()));
    whole.byStatus().keySet().stream()
        .filter(status -> !status.equals(Recording.OK))
        .forEach(status -> latencies.row(row(status, Latency.of(whole.response(status)))));
    page.fullCard("Latency", "", latencies.toString());
    Table statuses = Table.of(List.of("status", "requests", "share"));
    run.byStatus()
        .forEach(
            (status, count) ->
                statuses.row(
                    List.of(
                        status, Html.count(count), Html.share((double) count / run.requests()))));
    page.card("Requests by status", "", statuses.toString());
    if (!run.steps().isEmpty()) {
      page.card("Steps", "A second; p99 in ms.", steps());
    }
    page.close();
  }

  private String steps() {
    Table table = Table.of(List.of("asked", "answered", "p99", "p99 from sending", "errors"));
    run.steps()
        .forEach(
            step ->
                table.row(
                    List.of(
                        Html.number(step.asked()),
                        Html.number(step.answered()),
                        Html.number(step.p99()),
                        Html.number(step.serviceP99()),
                        Html.share(step.errors()))));
    return table.toString();
  }

  private static List<String> row(String name, Latency latency) {
    List<String> row =
        new ArrayList<>(List.of(name, Html.number(latency.min()), Html.number(latency.mean())));
    latency.percentiles().values().forEach(value -> row.add(Html.number(value)));
    row.add(Html.number(latency.max()));
    return row;
  }

  private void comparison(Comparison both) {
    page.section(
        "Beside an earlier run",
        "Ratios of this run to "
            + both.earlier().facts().id()
            + ". On the same quiet machine identical runs differ by up to 2 times in their p99.");
    if (!both.differences().isEmpty()) {
      page.say("Not the same in both:").list(both.differences());
    }
    Table table = Table.of(List.of("", "earlier", "now", "ratio"));
    both.rows().forEach(table::row);
    page.open().card("Ratios", "", table.toString()).close();
  }

  private void provenance() {
    Facts facts = run.facts();
    Table table = Table.ofWords();
    table.row(List.of("started", facts.started()));
    table.row(List.of("target", facts.target() + ", model version " + facts.model()));
    table.row(List.of("load", load(facts)));
    table.row(List.of("rows", facts.rows() + ", " + facts.rowsPerRequest() + " in a request"));
    table.row(List.of("tool", facts.tool() + "; workers: " + facts.workers()));
    table.row(List.of("machine that asked", facts.machine()));
    page.section("How it was measured", "").open();
    page.fullCard("Load test " + facts.id(), "", table.toString()).close();
  }

  private static String load(Facts facts) {
    String rate =
        facts.isOpen()
            ? "up to " + Html.number(facts.perSecond()) + " requests a second"
            : facts.atOnce() + " at once";
    return facts.name() + ", " + rate + ", " + facts.schedule().seconds() + " s";
  }

  private static String ms(double millis) {
    return Html.number(millis) + " ms";
  }
}
