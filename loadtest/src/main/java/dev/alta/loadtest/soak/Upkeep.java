package dev.alta.loadtest.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Trains and promotes, and restarts the database, each when it is due and one after the other. What
 * goes wrong is noted, and the next one is done all the same.
 */
final class Upkeep implements AutoCloseable {
  private static final Duration LONGEST_SWAP = Duration.ofSeconds(60);
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final SoakedAlta alta;
  private final SoakSettings settings;
  private final Versions versions;
  private final Consumer<String> trouble;
  private final Consumer<String> said;
  private final AtomicBoolean trains = new AtomicBoolean();
  private final AtomicInteger restarts = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "upkeep");
  private final long start = System.nanoTime();
  private int seed = 1;
  private boolean swaps;
  private boolean over;

  /**
   * Begins.
   *
   * @param trouble told what went wrong
   * @param said told what is done
   */
  Upkeep(
      SoakedAlta alta,
      SoakSettings settings,
      Versions versions,
      Consumer<String> trouble,
      Consumer<String> said) {
    this.alta = alta;
    this.settings = settings;
    this.versions = versions;
    this.trouble = trouble;
    this.said = said;
    thread.start();
  }

  private void run() {
    Duration training = settings.retrainEvery().dividedBy(2);
    Duration restart = settings.restartEvery().dividedBy(2);
    try {
      while (true) {
        boolean trainsNext = training.compareTo(restart) <= 0;
        Duration next = trainsNext ? training : restart;
        if (next.compareTo(settings.length()) >= 0
            || ended.await(start + next.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
        if (trainsNext) {
          trainAndSwap();
          training = training.plus(settings.retrainEvery());
        } else {
          restart();
          restart = restart.plus(settings.restartEvery());
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void trainAndSwap() throws InterruptedException {
    trains.set(true);
    long from = System.nanoTime();
    try {
      String version = alta.train(++seed);
      said.accept("version " + version + " trained in " + secondsSince(from) + " s");
      if (!beginSwap()) {
        said.accept("version " + version + " is not promoted, since the load is over");
        return;
      }
      versions.promoting(version);
      alta.promote(version);
      long end = System.nanoTime() + LONGEST_SWAP.toNanos();
      while (!versions.isNewestSeen() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      }
      said.accept(
          versions.isNewestSeen()
              ? "version " + version + " answers after " + secondsSince(from) + " s"
              : "version " + version + " does not answer yet");
    } catch (IOException | RuntimeException failed) {
      trouble.accept("training: " + failed.getMessage());
    } finally {
      trains.set(false);
      endSwap();
    }
  }

  private synchronized boolean beginSwap() {
    swaps = !over;
    return swaps;
  }

  private synchronized void endSwap() {
    swaps = false;
  }

  /** Whether no swap is under way; then none is begun any more. */
  synchronized boolean end() {
    over = !swaps;
    return over;
  }

  private void restart() throws InterruptedException {
    long from = System.nanoTime();
    try {
      alta.database().restart();
      restarts.incrementAndGet();
      said.accept("database restarted in " + secondsSince(from) + " s");
    } catch (IOException | RuntimeException failed) {
      trouble.accept("restarting the database: " + failed.getMessage());
    }
  }

  private static long secondsSince(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
  }

  /** Whether no model is being trained or swapped. */
  boolean isQuiet() {
    return !trains.get();
  }

  int restarts() {
    return restarts.get();
  }

  /** Begins nothing more, and waits for what is under way. */
  @Override
  public void close() {
    ended.countDown();
    try {
      thread.join();
    } catch (InterruptedException hurry) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
