package dev.alta.scorer.log;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How predictions are logged.
 *
 * @param folder of the spool; of one process at a time
 * @param largest how many bytes the spool may take on disk; what comes while it is full is not
 *     logged
 * @param share of the predictions that are logged, above 0 to 1; which ones depends on their
 *     request ids alone
 * @param required whether an answer waits until it is on disk, and is refused where that fails; or
 *     else goes out at once, logged or not
 * @param every how often what has come goes to disk
 * @param waiting bytes of predictions that wait for that in memory at most; more are not logged
 * @param longestClose how long it may take to store what is left once it is closed
 * @param insisting whether the sink is waited for within that time where it is away; or else what
 *     is left waits for the next start
 */
public record LogSettings(
    Path folder,
    long largest,
    double share,
    boolean required,
    Duration every,
    long waiting,
    Duration longestClose,
    boolean insisting) {
  private static final long LARGEST = 1L << 30;
  private static final long SMALLEST = 1L << 20;
  // Nobody waits for it: the disk's attention costs as much for one prediction as for hundreds.
  private static final Duration EVERY = Duration.ofMillis(20);
  // Every answer waits for it.
  private static final Duration EVERY_IF_REQUIRED = Duration.ofMillis(5);
  private static final long MOST_WAITING = 64L << 20;
  private static final int SHARE_OF_HEAP = 8;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final long LARGEST_SEGMENT = 8L << 20;
  private static final long LARGE_RECORD = 8L << 10;

  public LogSettings {
    if (largest < SMALLEST) {
      throw new IllegalArgumentException(
          "largest: " + largest + " (expected: >= " + SMALLEST + " bytes)");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " (expected: > 0 and <= 1)");
    }
    if (every.isNegative() || every.compareTo(Duration.ofSeconds(1)) > 0) {
      throw new IllegalArgumentException("every: " + every + " (expected: 0 to 1 s)");
    }
    if (waiting <= 0) {
      throw new IllegalArgumentException("waiting: " + waiting + " (expected: > 0 bytes)");
    }
    if (longestClose.isNegative() || longestClose.isZero()) {
      throw new IllegalArgumentException("longestClose: " + longestClose + " (expected: > 0)");
    }
  }

  /** All predictions, in at most 1 GiB, without holding answers up. */
  public static LogSettings in(Path folder) {
    long waiting = Math.min(MOST_WAITING, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    return new LogSettings(folder, LARGEST, 1, false, EVERY, waiting, LONGEST_CLOSE, false);
  }

  public LogSettings withLargest(long bytes) {
    return new LogSettings(folder, bytes, share, required, every, waiting, longestClose, insisting);
  }

  public LogSettings withShare(double newShare) {
    return new LogSettings(
        folder, largest, newShare, required, every, waiting, longestClose, insisting);
  }

  public LogSettings withRequired(boolean newRequired) {
    return new LogSettings(
        folder,
        largest,
        share,
        newRequired,
        newRequired ? EVERY_IF_REQUIRED : EVERY,
        waiting,
        longestClose,
        insisting);
  }

  public LogSettings withWaiting(long most) {
    return new LogSettings(folder, largest, share, required, every, most, longestClose, insisting);
  }

  LogSettings withLongestClose(Duration longest) {
    return new LogSettings(folder, largest, share, required, every, waiting, longest, insisting);
  }

  /**
   * Goes on storing for so long once it is closed, also while the sink is away: for a spool that
   * does not outlive its process.
   */
  public LogSettings withDrain(Duration longest) {
    return new LogSettings(folder, largest, share, required, every, waiting, longest, true);
  }

  /** Size from which on a segment is followed by another, so that its room can be given back. */
  long segmentBytes() {
    return Math.min(LARGEST_SEGMENT, largest / 8);
  }

  /**
   * How many predictions go to disk at a time; in a small spool fewer, so that it can be filled.
   */
  int groupSize() {
    return (int) (segmentBytes() / LARGE_RECORD);
  }
}
