package dev.alta.scorer.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the log shows of itself. */
final class LogMeters {
  /** Predictions on disk that the database has. */
  final Counter written;

  /** Predictions that were on disk. */
  final Counter spooled;

  /** Not logged, since too many were waiting for the disk. */
  final Counter droppedAsTooMany;

  /** Not logged, since they did not get onto the disk: it failed, or the spool was full. */
  final Counter droppedByDisk;

  /** On disk and refused by the database as something it cannot hold. */
  final Counter droppedByDatabase;

  /** Times the database could not be written. */
  final Counter failures;

  /** Times the disk could not be written, or the spool was full. */
  final Counter diskFailures;

  /** Bytes of the spool that were no records. */
  final Counter damagedBytes;

  private final AtomicLong depth = new AtomicLong();
  private final Clock clock;
  private volatile @Nullable Instant oldest;

  LogMeters(MeterRegistry metrics, LogQueue queue, SpoolFolder folder, Clock clock) {
    this.clock = clock;
    written = metrics.counter("inference.log.written");
    spooled = metrics.counter("inference.log.spooled");
    droppedAsTooMany = dropped(metrics, "queue");
    droppedByDisk = dropped(metrics, "disk");
    droppedByDatabase = dropped(metrics, "database");
    failures = metrics.counter("inference.log.failures");
    diskFailures = metrics.counter("inference.log.disk.failures");
    damagedBytes = metrics.counter("inference.log.damaged.bytes");
    Gauge.builder("inference.log.queue.depth", queue, LogQueue::predictions)
        .description("Predictions that wait for the disk")
        .register(metrics);
    Gauge.builder("inference.log.spool.depth", depth, AtomicLong::get)
        .description("Predictions on disk that the database does not have yet")
        .register(metrics);
    Gauge.builder("inference.log.spool.size", folder, SpoolFolder::bytes)
        .baseUnit("bytes")
        .register(metrics);
    Gauge.builder("inference.log.spool.age", this, LogMeters::age)
        .description("Since the oldest prediction that the database does not have was answered")
        .baseUnit("seconds")
        .register(metrics);
  }

  private static Counter dropped(MeterRegistry metrics, String reason) {
    return metrics.counter("inference.log.dropped", "reason", reason);
  }

  /** So many more are on disk. */
  void onDisk(long predictions) {
    depth.addAndGet(predictions);
  }

  /** How many predictions are on disk and not in the database. */
  long onDisk() {
    return depth.get();
  }

  /** So many are in the database, or left out for good. */
  void drained(long predictions) {
    depth.addAndGet(-predictions);
  }

  /** When the oldest on disk was answered, as far as is known. */
  void oldest(Instant answeredAt) {
    oldest = answeredAt;
  }

  private double age() {
    Instant since = oldest;
    return depth.get() <= 0 || since == null
        ? 0
        : Math.max(0, (clock.millis() - since.toEpochMilli()) / 1e3);
  }
}
