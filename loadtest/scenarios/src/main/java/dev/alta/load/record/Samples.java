package dev.alta.load.record;

import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What became of each request of one client. Times are nanoseconds since 1970, as far as they are
 * known.
 */
public final class Samples {
  /** The status of a request that was sent and came to no end. */
  public static final String NO_ANSWER = "NO_ANSWER";

  // Sent too late to be sent at all.
  private static final String NOT_SENT = "NOT_SENT";

  /** One request; due is when it should have been sent. */
  public record Sample(long due, long begun, long ended, String status) {
    /** How long a caller would have waited who came when the request was due. */
    public long responseNanos() {
      return Math.max(0, ended - due);
    }

    /** How long it took from its sending. */
    public long serviceNanos() {
      return Math.max(0, ended - begun);
    }
  }

  private final List<Sample> samples;
  private final long start;

  private Samples(List<Sample> samples, long start) {
    this.samples = samples;
    this.start = start;
  }

  /** Requests whose due times are known. */
  public static Samples of(List<Sample> samples) {
    return new Samples(
        List.copyOf(samples), samples.stream().mapToLong(Sample::due).min().orElse(0));
  }

  /**
   * Requests of a tool that says when each was sent, not when it was due. Of an open loop the
   * schedule says that: requests are alike, so the one that was sent as the 100th is the 100th of
   * the schedule. The schedule starts such that no request was sent before it was due. In a closed
   * loop a request is due when it is sent.
   */
  public static Samples sent(Load load, List<Sample> sent) {
    List<Sample> ordered = new ArrayList<>(sent);
    ordered.sort(Comparator.comparingLong(Sample::begun));
    if (!load.isOpen() || ordered.isEmpty()) {
      return of(ordered);
    }
    long[] due = due(load.schedule(), ordered.size());
    long start = Long.MAX_VALUE;
    for (int i = 0; i < due.length; i++) {
      start = Math.min(start, ordered.get(i).begun() - due[i]);
    }
    for (int i = 0; i < due.length; i++) {
      Sample one = ordered.get(i);
      ordered.set(i, new Sample(start + due[i], one.begun(), one.ended(), one.status()));
    }
    return new Samples(List.copyOf(ordered), start);
  }

  /** A moment in the unit that samples are in: nanoseconds since 1970. */
  public static long since1970(Instant moment) {
    return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
  }

  /**
   * What was due and never sent: the requests of a schedule from a number on.
   *
   * @param start of the schedule
   */
  public static List<Sample> unsent(Schedule schedule, int from, long start) {
    long[] due = due(schedule, schedule.requests());
    List<Sample> unsent = new ArrayList<>();
    for (int i = from; i < due.length; i++) {
      long at = start + due[i];
      unsent.add(new Sample(at, at, at, NOT_SENT));
    }
    return unsent;
  }

  /** Nanoseconds from the start at which the first so many requests of a schedule are due. */
  public static long[] due(Schedule schedule, int requests) {
    long[] due = new long[requests];
    Arrays.setAll(due, i -> Math.round(schedule.due(i) * 1e9));
    return due;
  }

  public List<Sample> all() {
    return samples;
  }

  /** When the schedule began. */
  public long start() {
    return start;
  }
}
