package dev.alta.scorer.limit;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides which of the calls that wait on one thread have waited too long. The thread works in
 * turns: it takes all calls that are there, one after the other, then looks for the next ones. A
 * call of a turn has waited at least since the turn began.
 *
 * <p>As controlled delay does: a long turn now and then is no overload, and its calls are answered.
 * Nor is one in which the thread stood still (a collection, another process on its core): how long
 * a turn is counts by the thread's own time until there is an overload. Where no turn was short for
 * a while, calls are only waiting for calls; then the surplus of each turn is refused, until there
 * was none for an {@link #INTERVAL}. That while is a {@link #FIRST_INTERVAL} where turns have
 * grown, as they do where more comes than can be answered; where as many calls wait as before,
 * which may be worked off, a {@link #LONGEST_INTERVAL}; whoever was overloaded lately is so again
 * after an {@link #INTERVAL}. Where the surplus is small, turns may be a little longer: callers who
 * ask again as soon as they are refused may be so few that all of them can be answered. For one
 * thread only.
 */
final class Patience {
  private static final long INTERVAL = Duration.ofMillis(100).toNanos();
  private static final long FIRST_INTERVAL = Duration.ofMillis(300).toNanos();
  // By then is done what has piled up while this process, or all of the machine, stood still.
  private static final long LONGEST_INTERVAL = Duration.ofSeconds(3).toNanos();
  // In a turn; more than two connections can bring, such as those of gateways that catch up.
  private static final int MANY = 700;
  private static final long LONGEST = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_STRAIN = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST_SHORT = Duration.ofMillis(5).toNanos();
  private static final long LEAST_UNDER_OVERLOAD = Duration.ofMillis(2).toNanos();
  private static final double SMALL_SURPLUS = 0.2;
  private static final double STEP = 1.1;
  private static final int MEMORY = 16;
  // As many callers as a service commonly has at once are no overload, however slow a busy machine
  // or code that is not warm is.
  private static final int FEW = 64;
  // A single one may have been stopped from outside.
  private static final int LEAST_TURNS = 3;

  private final LongSupplier cpuNanos;
  private long began;
  private long cpuBegan;
  private int answered;
  private int refused;
  private long longSince;
  private int longTurns;
  private int mostCalls;
  private long longAt;
  private boolean strained;
  private long refusedAt;
  private boolean overloaded;
  private boolean wasOverloaded;
  private double usualTurn;
  private double usualCalls;
  private long longest = LEAST_UNDER_OVERLOAD;

  /**
   * Knows of no turn yet.
   *
   * @param cpuNanos how long the thread has worked so far, in nanoseconds of its own
   */
  Patience(LongSupplier cpuNanos) {
    this.cpuNanos = cpuNanos;
  }

  /** A turn begins with a call, at a time by {@link System#nanoTime}. */
  void begin(long now) {
    if (overloaded && now - refusedAt > INTERVAL) {
      overloaded = false;
      longTurns = 0;
    }
    began = now;
    cpuBegan = cpuNanos.getAsLong();
    answered = 0;
    refused = 0;
  }

  boolean isOverloaded() {
    return overloaded;
  }

  /** Whether there may be an overload soon, or was one lately. */
  boolean isStrained() {
    return strained;
  }

  /** How long a turn may take under overload. */
  long longest() {
    return longest;
  }

  /** How long a turn has taken lately for each call that it has answered. */
  long usual() {
    return (long) (usualTurn / Math.max(1, usualCalls));
  }

  /**
   * Whether another call of the turn, looked at now, has waited too long; under overload also
   * whether it would, for those let in before, as all may come first and be answered afterwards.
   */
  boolean isOver(long now) {
    boolean late = overloaded ? now - began > longest : isLate(now);
    boolean over = !isOfFew() && (late || (overloaded && answered * usual() > longest));
    if (over) {
      refuse(now);
    } else {
      answered++;
    }
    return over;
  }

  /** By the thread's own time: what kept it from the calls does not, if they are answered now. */
  private boolean isLate(long now) {
    return now - began > LONGEST && cpuNanos.getAsLong() - cpuBegan > LONGEST;
  }

  /** Whether so few have been let in that another one is in any case. */
  boolean isOfFew() {
    return answered < FEW;
  }

  /** A call of the turn is answered, however long it has waited. */
  void answer() {
    answered++;
  }

  /** A call of the turn is refused now since others have to be answered. */
  void refuse(long now) {
    refused++;
    refusedAt = now;
  }

  /** The turn has ended. */
  void end(long now) {
    long took = now - began;
    if (!overloaded && took > LONGEST_SHORT) {
      took = cpuNanos.getAsLong() - cpuBegan;
    }
    usualTurn += (took - usualTurn) / MEMORY;
    usualCalls += (answered - usualCalls) / MEMORY;
    boolean isShort = took <= LONGEST_SHORT || answered + refused <= FEW;
    if (overloaded || !isShort) {
      strained = true;
      longAt = now;
    }
    strained &= now - longAt < LONGEST_STRAIN;
    wasOverloaded &= strained;
    if (overloaded) {
      adjust();
    } else if (isShort) {
      longTurns = 0;
    } else {
      noteLong(now);
    }
  }

  private void adjust() {
    boolean isSmall = refused <= SMALL_SURPLUS * (answered + refused);
    longest = isSmall ? (long) (longest * STEP) : (long) (longest / STEP);
    longest = Math.max(LEAST_UNDER_OVERLOAD, Math.min(LONGEST_SHORT, longest));
  }

  private void noteLong(long now) {
    if (longTurns++ == 0) {
      longSince = began;
      mostCalls = 0;
    }
    mostCalls = Math.max(mostCalls, answered + refused);
    if (longTurns >= LEAST_TURNS && now - longSince >= interval()) {
      overloaded = true;
      wasOverloaded = true;
      longest = LEAST_UNDER_OVERLOAD;
      refusedAt = now;
    }
  }

  /** How long turns may be long. */
  private long interval() {
    long first = mostCalls > MANY ? FIRST_INTERVAL : LONGEST_INTERVAL;
    return wasOverloaded ? INTERVAL : first;
  }
}
