package dev.alta.scorer.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the queue to the disk, in groups. One thread runs it. */
final class SpoolWriter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SpoolWriter.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final LogSettings settings;
  private final LogQueue queue;
  private final SpoolFolder folder;
  private final LogMeters meters;
  private final CountDownLatch closing;
  private final UUID spool = UUID.randomUUID();
  private final RecordBuffer buffer = new RecordBuffer();
  private final List<Entry> group = new ArrayList<>();
  private @Nullable SegmentWriter open;
  private long sequence;
  private long lastGroupAt;
  private volatile boolean inTrouble;

  /**
   * Takes its parts.
   *
   * @param closing at zero once nothing is added to the queue any more
   */
  SpoolWriter(
      LogSettings settings,
      LogQueue queue,
      SpoolFolder folder,
      LogMeters meters,
      CountDownLatch closing) {
    this.settings = settings;
    this.queue = queue;
    this.folder = folder;
    this.meters = meters;
    this.closing = closing;
  }

  /** Whether the disk could not be written last time, or the spool is full. */
  boolean isInTrouble() {
    return inTrouble;
  }

  /** Writes until the log is closed and the queue empty. */
  @Override
  public void run() {
    try {
      while (take()) {
        if (!group.isEmpty() || inTrouble) {
          write();
        }
      }
      seal();
    } catch (InterruptedException | IOException cutOff) {
      log.warn("the spool's last segment was not ended: {}", cutOff.toString());
    }
  }

  /** Fills the group with what has come; false once nothing will come any more. */
  private boolean take() throws InterruptedException {
    group.clear();
    boolean last = closing.getCount() == 0;
    int there = queue.await(last ? 1 : LOOK_AGAIN.toMillis());
    if (there == 0) {
      return !last;
    }
    if (!last && there < settings.groupSize()) {
      // So that a busy scorer does not pay for the disk's attention with each prediction.
      LockSupport.parkNanos(lastGroupAt + settings.every().toNanos() - System.nanoTime());
    }
    queue.take(group, settings.groupSize());
    lastGroupAt = System.nanoTime();
    return true;
  }

  private void write() throws InterruptedException {
    int predictions = encode();
    boolean onDisk = tryWrite();
    // Who waits for an answer is told at once; else there is time.
    while (!onDisk && !settings.required() && closing.getCount() > 0) {
      closing.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      onDisk = tryWrite();
    }
    // A number is never used twice: what failed may still be found on disk one day.
    sequence += predictions;
    if (onDisk) {
      meters.spooled.increment(predictions);
      meters.onDisk(predictions);
    } else {
      meters.droppedByDisk.increment(predictions);
    }
    for (Entry entry : group) {
      if (entry instanceof Afterwards afterwards) {
        afterwards.told().kept(onDisk);
      }
    }
  }

  private int encode() {
    buffer.clear();
    int predictions = 0;
    for (Entry entry : group) {
      if (entry instanceof Payload payload) {
        predictions++;
        buffer.add(sequence + predictions, payload);
      }
    }
    return predictions;
  }

  private boolean tryWrite() {
    try {
      long used = folder.bytes();
      if (used > settings.segmentBytes() && used + buffer.length() > settings.largest()) {
        return trouble("full with " + used + " bytes (limit: " + settings.largest() + ")");
      }
      SegmentWriter writer = open();
      if (buffer.length() > 0) {
        writer.write(buffer.content());
      }
      if (writer.segment().length() >= settings.segmentBytes()) {
        seal();
      }
      if (inTrouble) {
        inTrouble = false;
        log.info("the spool is written again");
      }
      return true;
    } catch (IOException failed) {
      abandon();
      return trouble(failed.toString());
    }
  }

  private boolean trouble(String problem) {
    meters.diskFailures.increment();
    if (!inTrouble) {
      inTrouble = true;
      log.warn("the spool cannot be written, trying again: {}", problem);
    }
    return false;
  }

  private SegmentWriter open() throws IOException {
    SegmentWriter writer = open;
    if (writer == null) {
      writer = SegmentWriter.create(folder.next(), spool);
      folder.add(writer.segment());
      open = writer;
    }
    return writer;
  }

  private void seal() throws IOException {
    SegmentWriter writer = open;
    open = null;
    if (writer != null) {
      writer.seal();
    }
  }

  /** Behind the last whole group there may be anything now; another segment follows. */
  private void abandon() {
    try {
      seal();
    } catch (IOException alsoFailed) {
      log.warn("a segment of the spool could not be cut behind its last group: {}", alsoFailed);
    }
  }
}
