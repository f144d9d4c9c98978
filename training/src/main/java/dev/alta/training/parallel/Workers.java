package dev.alta.training.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads for pieces of work that do not depend on each other. */
public final class Workers implements AutoCloseable {
  private final ExecutorService pool;

  public Workers(int threads) {
    this.pool = Executors.newFixedThreadPool(threads);
  }

  /** Begins a piece of work. */
  public <T> Future<T> start(Callable<T> work) {
    return pool.submit(work);
  }

  /** Does all of it; gives the results in the order of the work. */
  public <T> List<T> all(List<Callable<T>> work) throws InterruptedException {
    List<Future<T>> started = work.stream().map(this::start).toList();
    List<T> results = new ArrayList<>();
    for (Future<T> future : started) {
      results.add(result(future));
    }
    return List.copyOf(results);
  }

  /** Waits for a result; what the work threw is thrown here. */
  public static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** Interrupts what still runs, and waits for it: it may hold what the caller gives back next. */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
