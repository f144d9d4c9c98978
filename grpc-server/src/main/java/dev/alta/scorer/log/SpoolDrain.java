package dev.alta.scorer.log;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.database.SpooledPrediction;
import dev.alta.proto.v1.SpooledAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the disk to the sink. One thread runs it. As long as the spool has room and predictions come
 * in, it rests 19 times as long as a portion took: what they cost to store is then paid when there
 * are none.
 */
final class SpoolDrain implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SpoolDrain.class);
  private static final int LARGEST_PORTION = 500;
  private static final int REST = 19;
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  // Longer than a group of predictions waits for the disk.
  private static final Duration NOTHING_COMES = Duration.ofMillis(50);

  private final LogSettings settings;
  private final SpoolFolder folder;
  private final SpoolReader reader;
  private final PortionSink sink;
  private final LogMeters meters;
  private final CountDownLatch closing;
  private final CountDownLatch written;
  private final List<Segment> fromEarlier;
  private boolean inTrouble;
  private double spooledBefore;

  /**
   * Takes its parts.
   *
   * @param closing at zero once there is hurry
   * @param written at zero once nothing is added to the spool any more
   */
  SpoolDrain(
      LogSettings settings,
      SpoolFolder folder,
      PortionSink sink,
      LogMeters meters,
      CountDownLatch closing,
      CountDownLatch written) {
    this.settings = settings;
    this.folder = folder;
    this.reader = new SpoolReader(folder, meters);
    this.sink = sink;
    this.meters = meters;
    this.closing = closing;
    this.written = written;
    this.fromEarlier = folder.segments();
  }

  /** Drains until the log is closed and the spool empty, or until it is interrupted. */
  @Override
  public void run() {
    try (reader) {
      countWhatIsThere();
      boolean goesOn = true;
      while (goesOn) {
        goesOn = drainSome();
      }
    } catch (InterruptedException closed) {
      log.warn(
          "stopped; {} predictions are left in the spool, and stored after the next start on it",
          meters.onDisk());
    } catch (IOException unreadable) {
      log.error(
          "the spool cannot be read; what is in it is stored after the next start", unreadable);
    }
  }

  private void countWhatIsThere() throws IOException {
    for (Segment segment : fromEarlier) {
      try (SegmentReader found = SegmentReader.open(segment)) {
        while (!found.isAtEnd()) {
          meters.onDisk(found.read(LARGEST_PORTION).size());
        }
      } catch (SegmentReader.NoSegmentException seenLater) {
        log.debug("{} is no segment", segment.file());
      }
    }
  }

  /** False once there is nothing more and will be nothing more. */
  private boolean drainSome() throws IOException, InterruptedException {
    boolean isLast = written.getCount() == 0;
    Optional<SpoolReader.Portion> portion = next();
    if (portion.isPresent()) {
      store(portion.get());
      return true;
    }
    // Either of them ends the wait: the first at once, the second while the first lasts.
    CountDownLatch end = closing.getCount() > 0 ? closing : written;
    end.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    return !isLast;
  }

  /** A disk that cannot be read is as good as an empty one, until it can. */
  private Optional<SpoolReader.Portion> next() throws IOException {
    try {
      Optional<SpoolReader.Portion> portion = reader.next(LARGEST_PORTION);
      if (inTrouble) {
        inTrouble = false;
        log.info("the spool is read again");
      }
      return portion;
    } catch (IOException failed) {
      meters.diskFailures.increment();
      if (!inTrouble) {
        inTrouble = true;
        log.warn("the spool cannot be read, trying again: {}", failed.toString());
      }
      reader.close();
      return Optional.empty();
    }
  }

  private void store(SpoolReader.Portion portion) throws InterruptedException {
    long start = System.nanoTime();
    List<SpooledPrediction> predictions = new ArrayList<>(portion.records().size());
    for (SegmentReader.Found record : portion.records()) {
      try {
        predictions.add(
            StoredForm.of(record.sequence(), SpooledAnswer.parseFrom(record.payload())));
      } catch (InvalidProtocolBufferException unreadable) {
        meters.damagedBytes.increment(record.payload().size());
        log.error("record {} of spool {} is no prediction", record.sequence(), portion.spool());
      }
    }
    if (!predictions.isEmpty()) {
      meters.oldest(predictions.get(0).prediction().loggedAt());
      sink.store(portion.spool(), predictions);
      meters.oldest(predictions.get(predictions.size() - 1).prediction().loggedAt());
    }
    meters.drained(portion.records().size());
    rest(System.nanoTime() - start);
  }

  private void rest(long nanos) throws InterruptedException {
    long left = Math.min(REST * nanos, LONGEST_REST.toNanos());
    while (left > 0 && folder.bytes() * 2 < settings.largest() && isAnythingComing()) {
      long some = Math.min(left, NOTHING_COMES.toNanos());
      if (closing.await(some, TimeUnit.NANOSECONDS)) {
        return;
      }
      left -= some;
    }
  }

  /** Whether predictions came to the disk since this was last asked. */
  private boolean isAnythingComing() {
    double before = spooledBefore;
    spooledBefore = meters.spooled.count();
    return spooledBefore != before;
  }
}
