package dev.alta.app.home;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops all parts when the process is told to end, by Ctrl-C or TERM; the process ends within
 * {@link Parts#longestStop} whatever hangs.
 */
public final class StopOnExit implements AutoCloseable {
  private static final int KILLED = 137;

  private final Thread hook;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopOnExit(Parts parts, Runnable before, Runnable after) {
    this.hook = new Thread(() -> stop(parts, before, after), "stop");
  }

  /**
   * From now on; until it is closed.
   *
   * @param before what is done, or said, first
   * @param after what is done when all parts are stopped
   */
  public static StopOnExit of(Parts parts, Runnable before, Runnable after) {
    StopOnExit stop = new StopOnExit(parts, before, after);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Waits until the process was told to end and all parts are stopped. */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  private void stop(Parts parts, Runnable before, Runnable after) {
    Thread guard = new Thread(() -> haltIfItHangs(parts.longestStop()), "stop-guard");
    guard.setDaemon(true);
    guard.start();
    before.run();
    parts.close();
    after.run();
    guard.interrupt();
    stopped.countDown();
  }

  private static void haltIfItHangs(Duration longest) {
    try {
      TimeUnit.MILLISECONDS.sleep(longest.toMillis());
      Runtime.getRuntime().halt(KILLED);
    } catch (InterruptedException inTime) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The parts are somebody else's to stop again. While the process ends they are not, and it is
   * waited until they are stopped.
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      try {
        awaitStopped();
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
