package dev.alta.loadtest.scorer;

import java.util.function.LongSupplier;

/** Waits until something grows no more. */
final class Settled {
  private static final long PAUSE_MILLIS = 50;
  private static final int STILL = 10;

  private Settled() {}

  /** Until the same size was seen ten times, 50 ms apart. */
  static void size(LongSupplier size) throws InterruptedException {
    long last = size.getAsLong();
    for (int same = 0; same < STILL; ) {
      Thread.sleep(PAUSE_MILLIS);
      long now = size.getAsLong();
      same = now == last ? same + 1 : 0;
      last = now;
    }
  }
}
