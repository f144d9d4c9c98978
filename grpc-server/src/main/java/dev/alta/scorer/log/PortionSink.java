package dev.alta.scorer.log;

import dev.alta.database.DatabaseException;
import dev.alta.database.SpooledPrediction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores portions however long the sink is away, trying ever more slowly. What the database can
 * never hold is left out, so that the rest gets there.
 */
final class PortionSink {
  private static final Logger log = LoggerFactory.getLogger(PortionSink.class);
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  private final LogSink sink;
  private final LogMeters meters;
  private final CountDownLatch closing;
  private final boolean insisting;

  /**
   * Takes its parts.
   *
   * @param closing at zero once there is hurry: what fails then is not tried again
   * @param insisting whether it is tried again even then, until this thread is interrupted
   */
  PortionSink(LogSink sink, LogMeters meters, CountDownLatch closing, boolean insisting) {
    this.sink = sink;
    this.meters = meters;
    this.closing = closing;
    this.insisting = insisting;
  }

  /**
   * Stores a portion.
   *
   * @throws InterruptedException if that was given up
   */
  void store(UUID spool, List<SpooledPrediction> portion) throws InterruptedException {
    Duration delay = FIRST_DELAY;
    while (true) {
      boolean isClosing = closing.getCount() == 0;
      try {
        meters.written.increment((double) sink.append(spool, portion));
        if (!delay.equals(FIRST_DELAY)) {
          log.info("the inference log is written again");
        }
        return;
      } catch (DatabaseException failed) {
        if (failed.refusesData()) {
          storeWithoutTheRefused(spool, portion);
          return;
        }
        meters.failures.increment();
        if (delay.equals(FIRST_DELAY)) {
          log.warn("the inference log cannot be written, trying again: {}", failed.getMessage());
        }
      }
      if (!isClosing) {
        closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
      } else if (insisting) {
        TimeUnit.MILLISECONDS.sleep(delay.toMillis());
      } else {
        throw new InterruptedException("closing, and the inference log cannot be written");
      }
      Duration doubled = delay.multipliedBy(2);
      delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }
  }

  /** By halves, down to the one that is refused. */
  private void storeWithoutTheRefused(UUID spool, List<SpooledPrediction> portion)
      throws InterruptedException {
    if (portion.size() == 1) {
      meters.droppedByDatabase.increment();
      log.error(
          "the database cannot hold prediction {} of spool {}; left out",
          portion.get(0).sequence(),
          spool);
      return;
    }
    int half = portion.size() / 2;
    store(spool, portion.subList(0, half));
    store(spool, portion.subList(half, portion.size()));
  }
}
