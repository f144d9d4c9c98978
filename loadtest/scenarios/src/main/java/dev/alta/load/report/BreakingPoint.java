package dev.alta.load.report;

import dev.alta.core.report.Html;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Up to which rate the target kept up. A step does not hold where its 99th percentile, from when
 * requests were due, or its share of errors is beyond the limit.
 *
 * @param broken the first step that did not hold; empty: all held
 */
public record BreakingPoint(
    List<Step> steps, OptionalInt broken, double longestMillis, double mostErrors) {
  static BreakingPoint of(List<Step> steps, double longestMillis, double mostErrors) {
    OptionalInt broken =
        IntStream.range(0, steps.size())
            .filter(step -> !steps.get(step).held(longestMillis, mostErrors))
            .findFirst();
    return new BreakingPoint(List.copyOf(steps), broken, longestMillis, mostErrors);
  }

  /** One or two sentences. */
  public String words() {
    String rule =
        String.format(
            Locale.ROOT,
            " (a step holds up to a p99 of %s ms and %s errors)",
            Html.number(longestMillis),
            Html.share(mostErrors));
    if (broken.isEmpty()) {
      return "No breaking point up to " + rate(steps.get(steps.size() - 1)) + rule + ".";
    }
    Step first = steps.get(broken.getAsInt());
    String below =
        broken.getAsInt() == 0
            ? "Breaking point: below the first step of " + rate(first)
            : "Breaking point: between "
                + held(steps.get(broken.getAsInt() - 1))
                + " and "
                + rate(first);
    return below + ", where " + symptoms(first) + rule + "." + blame(first);
  }

  private static String rate(Step step) {
    return Html.number(step.asked()) + " requests a second";
  }

  private static String held(Step step) {
    return rate(step) + ", which held with a p99 of " + Html.number(step.p99()) + " ms,";
  }

  private static String symptoms(Step step) {
    return Html.number(step.answered())
        + " a second were answered, p99 "
        + Html.number(step.p99())
        + " ms, errors "
        + Html.share(step.errors());
  }

  /** Where answers came in time once requests had been sent, it was the client that was late. */
  private String blame(Step step) {
    return step.serviceP99() <= longestMillis && step.errors() <= mostErrors
        ? " The load generator was late, not the target: from their sending, requests took "
            + Html.number(step.serviceP99())
            + " ms at the 99th percentile. More workers or machines could ask for more."
        : "";
  }
}
