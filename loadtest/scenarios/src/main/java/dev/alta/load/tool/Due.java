package dev.alta.load.tool;

import java.util.concurrent.locks.LockSupport;

/** Waits until a request is due, to some microseconds. */
public final class Due {
  private static final long SHORTEST_NAP_NANOS = 50_000;

  private Due() {}

  /**
   * Comes back when it is due, or at once where it is late.
   *
   * @param due as of {@link System#nanoTime}
   */
  public static void await(long due) {
    long early = due - System.nanoTime();
    while (early > 0) {
      if (early > SHORTEST_NAP_NANOS) {
        LockSupport.parkNanos(early - SHORTEST_NAP_NANOS / 2);
      } else {
        Thread.onSpinWait();
      }
      early = due - System.nanoTime();
    }
  }
}
