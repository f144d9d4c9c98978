package dev.alta.scorer.limit;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Takes tasks while they would begin soon, and refuses them otherwise: a queue bounded by time, not
 * by number. How long tasks take is learned. Safe for several threads.
 *
 * <p>Many tasks at once (a client or this process was held up for a moment) are no overload, as
 * long as the queue becomes short again: the first one is refused where it has not been for an
 * {@link #INTERVAL}, then all that would wait too long, until for a {@link #CALM} none would. So
 * does {@link Patience} for calls on the threads of connections.
 */
public final class PromptExecutor implements Executor {
  // A client that keeps a few batches under way, and several of them at once, is no overload.
  private static final long LONGEST_WAIT = Duration.ofMillis(6).toNanos();
  private static final int LONGEST_WAIT_IN_TASKS = 4;
  private static final long INTERVAL = Duration.ofMillis(100).toNanos();
  // Longer than the threads may stand still under overload: a queue is short after that, too.
  private static final long CALM = Duration.ofSeconds(1).toNanos();
  private static final int MEMORY = 16;
  private static final long AT_FIRST = Duration.ofMillis(1).toNanos();

  private final Executor threads;
  private final int count;
  private final LongSupplier nanos;
  private final AtomicInteger waiting = new AtomicInteger();
  // Two threads may learn at once, and one of both then did in vain.
  private volatile long usual = AT_FIRST;
  private volatile long shortAt;
  private volatile long refusedAt;

  /**
   * Works on some threads.
   *
   * @param count how many there are
   * @param nanos a clock in nanoseconds, from any start: {@link System#nanoTime}
   */
  public PromptExecutor(Executor threads, int count, LongSupplier nanos) {
    this.threads = threads;
    this.count = count;
    this.nanos = nanos;
    this.shortAt = nanos.getAsLong();
    this.refusedAt = shortAt - CALM;
  }

  /** Whether a task that has come now is to be refused. */
  public boolean isFull() {
    if (!isLong()) {
      return false;
    }
    long now = nanos.getAsLong();
    boolean refused = now - refusedAt < CALM || now - shortAt > INTERVAL;
    if (refused) {
      refusedAt = now;
    }
    return refused;
  }

  private boolean isLong() {
    int tasks = waiting.get();
    long task = usual;
    return tasks >= count
        && tasks * task / count >= Math.max(LONGEST_WAIT, LONGEST_WAIT_IN_TASKS * task);
  }

  /**
   * Runs a task on one of the threads.
   *
   * @throws RejectedExecutionException if it would wait too long
   */
  @Override
  public void execute(Runnable task) {
    if (isFull()) {
      throw new RejectedExecutionException("would wait too long");
    }
    // Noted at both ends: nothing may have come since the queue was last emptied.
    noteLength(waiting.getAndIncrement(), nanos.getAsLong());
    try {
      threads.execute(() -> run(task));
    } catch (RejectedExecutionException closed) {
      waiting.decrementAndGet();
      throw closed;
    }
  }

  private void run(Runnable task) {
    long start = nanos.getAsLong();
    noteLength(waiting.decrementAndGet(), start);
    task.run();
    long took = nanos.getAsLong() - start;
    long before = usual;
    usual = before + (took - before) / MEMORY;
  }

  private void noteLength(int tasks, long now) {
    if (tasks < count) {
      shortAt = now;
    }
  }
}
