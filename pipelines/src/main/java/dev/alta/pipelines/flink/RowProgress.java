package dev.alta.pipelines.flink;

import dev.alta.core.life.DaemonThreads;
import dev.alta.core.progress.Progress;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells how many rows are done while a job runs, by asking the database what was committed: honest
 * on any runner, and in any process.
 */
public final class RowProgress {
  private static final long EVERY_MILLIS = 250;

  private RowProgress() {}

  /** Does the work and tells; after the work's end all rows are done and nothing more is told. */
  public static void during(Runnable work, Progress progress, long total, LongSupplier done) {
    ScheduledExecutorService asking =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-progress"));
    Future<?> telling =
        asking.scheduleWithFixedDelay(
            () -> progress.at("rows", done.getAsLong(), total),
            0,
            EVERY_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      work.run();
    } finally {
      telling.cancel(false);
      end(asking);
    }
    progress.at("rows", total, total);
  }

  private static void end(ScheduledExecutorService asking) {
    asking.shutdown();
    try {
      if (!asking.awaitTermination(5, TimeUnit.SECONDS)) {
        asking.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      asking.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
