package dev.alta.scorer.limit;

import java.time.Duration;

/**
 * Decides which of the calls that wait on one thread have waited too long. The thread works in
 * turns: it takes all calls that are there, one after the other, then looks for the next ones. A
 * call of a turn has waited at least since the turn began.
 *
 * <p>As controlled delay does: a long turn now and then (a collection, another process) is no
 * overload, and its calls are answered. Where no turn of the last {@link #INTERVAL} was short,
 * calls are only waiting for calls; then the surplus of each turn is refused. For one thread only.
 */
final class Patience {
  private static final long INTERVAL = Duration.ofMillis(100).toNanos();
  private static final long LONGEST = Duration.ofMillis(250).toNanos();
  private static final long LONGEST_UNDER_OVERLOAD = Duration.ofMillis(5).toNanos();

  private static final int ALWAYS_ANSWERED = 16;

  private long began;
  private int answered;
  private long intervalBegan;
  private long shortest = Long.MAX_VALUE;
  private boolean overloaded;

  /** A turn begins with a call, at a time by {@link System#nanoTime}. */
  void begin(long now) {
    if (now - intervalBegan > 2 * INTERVAL) {
      // There was nothing to do meanwhile.
      next(now);
      overloaded = false;
    }
    began = now;
    answered = 1;
  }

  /** Whether another call of the turn, looked at now, has waited too long. */
  boolean isOver(long now) {
    long longest = overloaded ? LONGEST_UNDER_OVERLOAD : LONGEST;
    if (answered >= ALWAYS_ANSWERED && now - began > longest) {
      return true;
    }
    answered++;
    return false;
  }

  /** The turn has ended. */
  void end(long now) {
    shortest = Math.min(shortest, now - began);
    if (now - intervalBegan >= INTERVAL) {
      overloaded = shortest > LONGEST_UNDER_OVERLOAD;
      next(now);
    }
  }

  private void next(long now) {
    intervalBegan = now;
    shortest = Long.MAX_VALUE;
  }
}
