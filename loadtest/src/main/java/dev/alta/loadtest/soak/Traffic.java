package dev.alta.loadtest.soak;

import dev.alta.load.record.Recording;
import dev.alta.load.record.Samples;
import dev.alta.load.record.Samples.Sample;
import dev.alta.load.target.Caller;
import dev.alta.load.tool.Due;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Asks at a fixed rate, each request when it is due, whatever became of those before (open loop).
 * Keeps no request in memory, however long it goes on.
 */
final class Traffic {
  private static final int MOST_AT_ONCE = 1_000;

  private final Caller caller;
  private final Versions versions;
  private final Quarters quarters;
  private final BooleanSupplier isQuiet;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  /**
   * Takes its parts.
   *
   * @param isQuiet whether no model is being trained or swapped
   */
  Traffic(Caller caller, Versions versions, Quarters quarters, BooleanSupplier isQuiet) {
    this.caller = caller;
    this.versions = versions;
    this.quarters = quarters;
    this.isQuiet = isQuiet;
  }

  /**
   * Asks from now on, and waits for all answers.
   *
   * @param mayEnd asked once that time is over: what is under way may have to be seen to its end
   * @param patience after which a caller ends a request as failed
   */
  void run(double perSecond, Duration length, BooleanSupplier mayEnd, Duration patience)
      throws InterruptedException {
    long start = System.nanoTime();
    long due = 0;
    for (int i = 0; due < length.toNanos() || !mayEnd.getAsBoolean(); i++) {
      Due.await(start + due);
      room.acquire();
      send(i, due, start);
      due = Math.round((i + 1) / perSecond * 1e9);
    }
    // Each answer or its deadline gives its place back.
    if (!room.tryAcquire(MOST_AT_ONCE, 2 * patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          MOST_AT_ONCE - room.availablePermits() + " requests came to no end (expected: none)");
    }
  }

  private void send(int number, long due, long start) {
    boolean quietBefore = isQuiet.getAsBoolean();
    int newest = versions.beforeSending();
    long begun = System.nanoTime() - start;
    caller.call(
        number,
        (status, version) -> {
          long ended = System.nanoTime() - start;
          if (status.equals(Recording.OK)) {
            versions.answered(newest, version);
          }
          quarters.add(
              new Sample(due, begun, ended, status), quietBefore && isQuiet.getAsBoolean());
          room.release();
        });
  }

  /** How many answers as they should be a load got. */
  static long answered(Samples samples) {
    return samples.all().stream().filter(sample -> sample.status().equals(Recording.OK)).count();
  }
}
