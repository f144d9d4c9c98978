package dev.alta.scorer.log;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the disk, in its order. Bounded; never blocks those who add. Wakes the one who
 * takes only where that one has found nothing before. Safe for several threads.
 */
final class LogQueue {
  // As many as there may be callers who wait for their answers' turn, and more.
  private static final int MOST_WORDS = 50_000;

  private final long most;
  private final Queue<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private int predictions;
  private boolean isAwaited;

  /**
   * Makes an empty one.
   *
   * @param most bytes of predictions that wait at a time; one prediction may wait in any case
   */
  LogQueue(long most) {
    this.most = most;
  }

  /** Whether there is room for a prediction; there may be none any more when it comes. */
  synchronized boolean hasRoom() {
    return bytes < most;
  }

  /** Adds predictions in their order, as many as there is room for; says how many that were. */
  synchronized int add(List<Payload> payloads) {
    int taken = 0;
    while (taken < payloads.size() && fits(payloads.get(taken))) {
      Payload payload = payloads.get(taken);
      entries.add(payload);
      bytes += payload.length();
      taken++;
    }
    predictions += taken;
    wake();
    return taken;
  }

  private boolean fits(Payload payload) {
    return bytes == 0 || bytes + payload.length() <= most;
  }

  /** Adds a word behind the predictions; false where there is no room. */
  synchronized boolean add(Afterwards afterwards) {
    if (entries.size() - predictions >= MOST_WORDS) {
      return false;
    }
    entries.add(afterwards);
    wake();
    return true;
  }

  private void wake() {
    if (isAwaited) {
      isAwaited = false;
      notifyAll();
    }
  }

  /** Waits until there is something, so long at most; says how much there is. */
  synchronized int await(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (entries.isEmpty() && left > 0) {
      isAwaited = true;
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    isAwaited = false;
    return entries.size();
  }

  /** Moves the first ones, so many at most. */
  synchronized void take(Collection<Entry> into, int atMost) {
    for (int i = 0; i < atMost && !entries.isEmpty(); i++) {
      Entry entry = entries.remove();
      if (entry instanceof Payload payload) {
        predictions--;
        bytes -= payload.length();
      }
      into.add(entry);
    }
  }

  /** Predictions that wait. */
  synchronized int predictions() {
    return predictions;
  }
}
