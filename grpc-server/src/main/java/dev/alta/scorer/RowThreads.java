package dev.alta.scorer;

import dev.alta.core.life.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what would hold up a connection's other calls. */
final class RowThreads implements AutoCloseable {
  private static final int MOST_WAITING_BATCHES = 32;

  private final ExecutorService batches;
  private final ExecutorService others;

  RowThreads() {
    int threads = Runtime.getRuntime().availableProcessors();
    this.batches =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING_BATCHES),
            DaemonThreads.named("alta-batch"));
    this.others = Executors.newFixedThreadPool(threads, DaemonThreads.named("alta-rows"));
  }

  /** For calls with many rows; refuses when too many wait. */
  Executor batches() {
    return batches;
  }

  /** For streams and reasons. */
  Executor others() {
    return others;
  }

  @Override
  public void close() {
    batches.shutdownNow();
    others.shutdownNow();
  }
}
