package dev.alta.load.report;

import dev.alta.load.record.Interval;
import dev.alta.load.record.Recording;
import dev.alta.load.scenario.Schedule;
import java.util.List;
import java.util.Map;

/**
 * The figures of a run, as {@code result.json} has them.
 *
 * @param perSecond requests answered a second while the load lasted
 * @param response of the answers, from when their requests were due; in a closed loop from when
 *     they were sent
 * @param service of all requests, from when they were sent
 * @param breakingPoint in words; empty where the rate had one step
 */
public record Outcome(
    Facts facts,
    long requests,
    long errors,
    Map<String, Long> byStatus,
    double perSecond,
    double rowsPerSecond,
    Latency response,
    Latency service,
    List<Step> steps,
    String breakingPoint) {
  /**
   * Reads the figures off a recording.
   *
   * @param longestMillis the p99 up to which a step holds
   * @param mostErrors the share of errors up to which a step holds
   */
  public static Outcome of(
      Facts facts, Recording recording, double longestMillis, double mostErrors) {
    Schedule schedule = facts.schedule();
    Interval whole = recording.whole();
    long millis = 1_000L * schedule.seconds();
    int within =
        (int)
            recording.intervals().stream()
                .filter(one -> one.start() - whole.start() < millis)
                .count();
    double perSecond = recording.whole(0, within).perSecond();
    List<Step> steps =
        facts.isOpen() && schedule.steps() > 1 ? Step.of(recording, schedule) : List.of();
    return new Outcome(
        facts,
        whole.requests(),
        whole.errors(),
        whole.byStatus(),
        perSecond,
        perSecond * facts.rowsPerRequest(),
        Latency.of(whole.response(Recording.OK)),
        Latency.of(whole.service()),
        steps,
        steps.isEmpty() ? "" : BreakingPoint.of(steps, longestMillis, mostErrors).words());
  }

  public double errorShare() {
    return requests == 0 ? 1 : (double) errors / requests;
  }
}
