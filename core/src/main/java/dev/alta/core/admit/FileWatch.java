package dev.alta.core.admit;

import dev.alta.core.life.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at files again and again, on a thread of its own. */
public final class FileWatch implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-files"));

  public FileWatch(List<? extends Watched> files, Duration every) {
    List<Watched> all = List.copyOf(files);
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            () -> all.forEach(Watched::look),
            every.toNanos(),
            every.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
