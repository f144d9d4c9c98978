package dev.alta.loadtest.drill;

import java.util.concurrent.TimeUnit;

/**
 * Kills a command at random moments of its life: evenly over the time that it takes undisturbed, or
 * in turn a moment after something has come of it.
 */
final class Kills {
  /** Something that can be seen from outside. */
  @FunctionalInterface
  interface Look {
    /** Whether something new has come of the command. */
    boolean look(AltaProcess process) throws Exception;
  }

  private static final long BETWEEN_LOOKS_MILLIS = 2;

  private final Drilled drilled;
  private final long undisturbedMillis;
  private final int momentMillis;

  /**
   * For one drill.
   *
   * @param undisturbedMillis how long the command takes where nobody kills it
   * @param momentMillis how long it may take, about, from what is seen to the next thing that may
   *     be seen
   */
  Kills(Drilled drilled, long undisturbedMillis, int momentMillis) {
    this.drilled = drilled;
    this.undisturbedMillis = undisturbedMillis;
    this.momentMillis = momentMillis;
  }

  /** Kills it; it is looked at meanwhile. */
  void kill(AltaProcess process, Look look) throws Exception {
    boolean evenly = drilled.random().nextBoolean();
    long life = drilled.random().nextLong(1 + undisturbedMillis);
    long moment = drilled.random().nextInt(momentMillis);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(life);
    boolean seen = false;
    while (process.isAlive() && (evenly ? System.nanoTime() < end : !seen)) {
      seen |= look.look(process);
      process.waitAtMost(BETWEEN_LOOKS_MILLIS);
    }
    if (!evenly) {
      process.waitAtMost(moment);
    }
    boolean ended = !process.isAlive();
    process.kill();
    drilled.count(ended ? "runs that were quicker than the kill" : "kills", 1);
    drilled.count("of them just after something had come of it", !ended && seen ? 1 : 0);
  }
}
