package dev.alta.scorer.limit;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Takes tasks while they would begin soon, and refuses them otherwise: a queue bounded by time, not
 * by number. How long tasks take is learned. Safe for several threads.
 */
public final class PromptExecutor implements Executor {
  // A client that keeps a few batches under way, and several of them at once, is no overload.
  private static final long LONGEST_WAIT = Duration.ofMillis(10).toNanos();
  private static final int LONGEST_WAIT_IN_TASKS = 4;
  private static final int MEMORY = 16;
  private static final long AT_FIRST = Duration.ofMillis(1).toNanos();

  private final Executor threads;
  private final int count;
  private final LongSupplier nanos;
  private final AtomicInteger waiting = new AtomicInteger();
  // Two threads may learn at once, and one of both then did in vain.
  private volatile long usual = AT_FIRST;

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
  }

  /** Whether a task would be refused now. */
  public boolean isFull() {
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
    waiting.incrementAndGet();
    try {
      threads.execute(() -> run(task));
    } catch (RejectedExecutionException closed) {
      waiting.decrementAndGet();
      throw closed;
    }
  }

  private void run(Runnable task) {
    waiting.decrementAndGet();
    long start = nanos.getAsLong();
    task.run();
    long took = nanos.getAsLong() - start;
    long before = usual;
    usual = before + (took - before) / MEMORY;
  }
}
