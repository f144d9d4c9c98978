package dev.alta.load.record;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A stretch of time: what became of the requests that were due in it, and what was answered. For
 * one thread at a time.
 */
public final class Interval {
  /** Three digits, from a microsecond on. */
  static final int DIGITS = 3;

  private static final double MICROS_PER_MILLI = 1e3;

  private final long start;
  private final long millis;
  private final Map<String, Histogram> response = new LinkedHashMap<>();
  private final Histogram service = new Histogram(DIGITS);
  private final Histogram ended = new Histogram(DIGITS);

  /**
   * An empty one.
   *
   * @param start milliseconds since 1970
   * @param millis how long
   */
  public Interval(long start, long millis) {
    this.start = start;
    this.millis = millis;
  }

  /** Notes a request that was due in it. */
  public void add(Samples.Sample sample) {
    response
        .computeIfAbsent(sample.status(), status -> new Histogram(DIGITS))
        .recordValue(sample.responseNanos() / 1_000);
    service.recordValue(sample.serviceNanos() / 1_000);
  }

  void add(String status, Histogram more) {
    response.computeIfAbsent(status, same -> new Histogram(DIGITS)).add(more);
  }

  /** Notes an answer that came in this time, whenever its request was due. */
  void addEnded(Samples.Sample sample) {
    ended.recordValue(sample.responseNanos() / 1_000);
  }

  void add(Interval other) {
    other.response.forEach(this::add);
    service.add(other.service);
    ended.add(other.ended);
  }

  public long start() {
    return start;
  }

  public long millis() {
    return millis;
  }

  /** Requests that were due in it. */
  public long requests() {
    return response.values().stream().mapToLong(Histogram::getTotalCount).sum();
  }

  public long answered() {
    return requests() - errors();
  }

  /** Requests without an answer as it should be. */
  public long errors() {
    return response.entrySet().stream()
        .filter(one -> !one.getKey().equals(Recording.OK))
        .mapToLong(one -> one.getValue().getTotalCount())
        .sum();
  }

  /** How many ended with which status, the most frequent first. */
  public Map<String, Long> byStatus() {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<Map.Entry<String, Histogram>> entries =
        response.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                    (Map.Entry<String, Histogram> one) -> -one.getValue().getTotalCount()))
            .toList();
    entries.forEach(one -> counts.put(one.getKey(), one.getValue().getTotalCount()));
    return counts;
  }

  /** From when they were due; of answers only, or of those with another status. */
  public Histogram response(String status) {
    Histogram found = response.get(status);
    return found == null ? new Histogram(DIGITS) : found;
  }

  /** From when they were sent; of all requests. */
  public Histogram service() {
    return service;
  }

  /** Answers a second that came in this time. */
  public double perSecond() {
    return 1e3 * ended.getTotalCount() / Math.max(1, millis);
  }

  /** From when they were due; of the answers that came in this time. */
  Histogram ended() {
    return ended;
  }

  Map<String, Histogram> responses() {
    return response;
  }

  /** In milliseconds, of the answers, from when they were due; 0 where there are none. */
  public double percentile(double percent) {
    Histogram answers = response(Recording.OK);
    return answers.getTotalCount() == 0
        ? 0
        : answers.getValueAtPercentile(percent) / MICROS_PER_MILLI;
  }
}
