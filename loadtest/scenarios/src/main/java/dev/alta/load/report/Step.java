package dev.alta.load.report;

import dev.alta.load.record.Interval;
import dev.alta.load.record.Recording;
import dev.alta.load.scenario.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of the rate.
 *
 * @param asked requests a second
 * @param answered a second, of those or earlier ones
 * @param p99 in milliseconds, from when they were due
 * @param serviceP99 the same from when they were sent
 * @param errors share of the requests
 */
public record Step(double asked, double answered, double p99, double serviceP99, double errors) {
  private static final double MICROS = 1e3;

  static List<Step> of(Recording recording, Schedule schedule) {
    List<Interval> intervals = recording.intervals();
    List<Step> steps = new ArrayList<>();
    if (intervals.isEmpty()) {
      return steps;
    }
    int each = (int) Math.max(1, 1_000L * schedule.stepSeconds() / intervals.get(0).millis());
    for (int step = 0; step < schedule.steps() && (step + 1) * each <= intervals.size(); step++) {
      Interval whole = recording.whole(step * each, (step + 1) * each);
      steps.add(
          new Step(
              schedule.rate(step),
              whole.perSecond(),
              whole.percentile(99),
              whole.service().getValueAtPercentile(99) / MICROS,
              whole.requests() == 0 ? 0 : (double) whole.errors() / whole.requests()));
    }
    return steps;
  }

  /** Whether the target kept up. */
  public boolean held(double longestMillis, double mostErrors) {
    return p99 <= longestMillis && errors <= mostErrors;
  }
}
