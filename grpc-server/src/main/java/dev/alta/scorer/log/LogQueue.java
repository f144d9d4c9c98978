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
  private final int most;
  private final Queue<Entry> entries = new ArrayDeque<>();
  private int predictions;
  private boolean isAwaited;

  /**
   * Makes an empty one.
   *
   * @param most predictions that wait at a time
   */
  LogQueue(int most) {
    this.most = most;
  }

  /** Adds predictions in their order, as many as there is room for; says how many that were. */
  synchronized int add(List<Answered> answered) {
    int taken = Math.min(answered.size(), most - predictions);
    for (int i = 0; i < taken; i++) {
      entries.add(answered.get(i));
    }
    predictions += taken;
    wake();
    return taken;
  }

  /** Adds a word behind the predictions; false where there is no room. */
  synchronized boolean add(Afterwards afterwards) {
    if (entries.size() - predictions >= most) {
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
      predictions -= entry instanceof Answered ? 1 : 0;
      into.add(entry);
    }
  }

  /** Predictions that wait. */
  synchronized int predictions() {
    return predictions;
  }
}
