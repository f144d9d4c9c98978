package dev.alta.load.report;

import dev.alta.core.report.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run must reach; whatever is empty is not asked.
 *
 * @param mostErrors share of the requests
 * @param longestP99 in milliseconds, from when requests were due
 * @param leastPerSecond requests answered a second
 * @param mostSlower the ratio of this run's p99 to the earlier one's, and of the earlier one's
 *     throughput to this one's
 */
public record Thresholds(
    OptionalDouble mostErrors,
    OptionalDouble longestP99,
    OptionalDouble leastPerSecond,
    OptionalDouble mostSlower) {
  /** What was met and what not. */
  public List<Check> check(Outcome run, Optional<Outcome> earlier) {
    List<Check> checks = new ArrayList<>();
    mostErrors.ifPresent(
        most ->
            checks.add(
                new Check(
                    "errors of " + Html.share(run.errorShare()) + atMost(Html.share(most)),
                    run.errorShare() <= most)));
    longestP99.ifPresent(
        most ->
            checks.add(
                new Check(
                    "p99 of " + ms(run.response().p("p99")) + atMost(ms(most)),
                    run.response().count() > 0 && run.response().p("p99") <= most)));
    leastPerSecond.ifPresent(
        least ->
            checks.add(
                new Check(
                    Html.number(run.perSecond())
                        + " answered a second (at least "
                        + Html.number(least)
                        + ")",
                    run.perSecond() >= least)));
    if (mostSlower.isPresent() && earlier.isPresent()) {
      checks.addAll(slower(run, earlier.get(), mostSlower.getAsDouble()));
    }
    return checks;
  }

  private static List<Check> slower(Outcome run, Outcome earlier, double most) {
    double latency = run.response().p("p99") / earlier.response().p("p99");
    double throughput = earlier.perSecond() / run.perSecond();
    return List.of(
        new Check(
            "p99 " + times(latency) + " that of the earlier run" + atMost(times(most)),
            latency <= most),
        new Check(
            "the earlier run's throughput "
                + times(throughput)
                + " this one's"
                + atMost(times(most)),
            throughput <= most));
  }

  private static String atMost(String limit) {
    return " (at most " + limit + ")";
  }

  private static String times(double ratio) {
    return Html.number(ratio) + " times";
  }

  private static String ms(double millis) {
    return Html.number(millis) + " ms";
  }
}
