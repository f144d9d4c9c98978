package dev.alta.scorer.log;

import dev.alta.core.life.DaemonThreads;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes answered predictions and brings each into the sink once: through a queue in memory to a
 * spool on disk, and from there in portions to the sink, however long that is away and however
 * often this process is killed. Never blocks the caller.
 *
 * <p>What does not get onto the disk is not logged, and counted. Where the log is {@link
 * LogSettings#required required}, a caller is refused instead; {@link KeptFirst} then holds the
 * answers until they are on disk.
 */
public final class PredictionLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PredictionLog.class);
  private static final double STEPS = 1L << 32;

  private final LogSettings settings;
  private final LogQueue queue;
  private final SpoolFolder folder;
  private final LogMeters meters;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch written = new CountDownLatch(1);
  private final SpoolWriter spoolWriter;
  private final Thread writer;
  private final Thread drain;

  private PredictionLog(
      LogSettings settings, SpoolFolder folder, LogSink sink, MeterRegistry metrics, Clock clock) {
    this.settings = settings;
    this.folder = folder;
    this.queue = new LogQueue(settings.waiting());
    this.meters = new LogMeters(metrics, queue, folder, clock);
    this.spoolWriter = new SpoolWriter(settings, queue, folder, meters, closing);
    SpoolDrain spoolDrain =
        new SpoolDrain(
            settings,
            folder,
            new PortionSink(sink, meters, closing, settings.insisting()),
            meters,
            closing,
            written);
    this.writer =
        thread(
            "alta-log-spool",
            () -> {
              try {
                spoolWriter.run();
              } finally {
                written.countDown();
              }
            });
    this.drain = thread("alta-log-drain", spoolDrain);
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = DaemonThreads.named(name).newThread(work);
    thread.setUncaughtExceptionHandler((dead, why) -> log.error("{} has stopped", name, why));
    return thread;
  }

  /**
   * Opens the spool; nothing is written before {@link #start}.
   *
   * @throws dev.alta.core.life.CannotStartException if its folder is another process's or cannot be
   *     written
   */
  public static PredictionLog open(
      LogSettings settings, LogSink sink, MeterRegistry metrics, Clock clock) {
    SpoolFolder folder = SpoolFolder.open(settings.folder());
    return new PredictionLog(settings, folder, sink, metrics, clock);
  }

  /** Begins to write, and to store what earlier processes have left. */
  public void start() {
    writer.start();
    drain.start();
  }

  /** Whether an answer must not go out before it is on disk. */
  public boolean isRequired() {
    return settings.required();
  }

  /**
   * Takes predictions in, in their order.
   *
   * @throws io.grpc.StatusRuntimeException UNAVAILABLE, if the log is required and cannot take them
   *     all
   */
  public void add(List<Answered> answered) {
    List<Answered> logged =
        settings.share() < 1
            ? answered.stream().filter(one -> isSampled(one.requestId())).toList()
            : answered;
    boolean refused = settings.required() && spoolWriter.isInTrouble();
    int dropped = logged.size() - (refused || !queue.hasRoom() ? 0 : queue.add(payloads(logged)));
    if (dropped > 0) {
      meters.droppedAsTooMany.increment(dropped);
      if (settings.required()) {
        throw unavailable().asRuntimeException();
      }
    }
  }

  /** Makes what would be kept of predictions, and keeps nothing: warms up the code for it. */
  public static void rehearse(List<Answered> answered) {
    List<Payload> unused = payloads(answered);
  }

  private static List<Payload> payloads(List<Answered> answered) {
    if (answered.size() == 1) {
      return List.of(answered.get(0).payload());
    }
    List<Payload> payloads = new ArrayList<>(answered.size());
    answered.forEach(one -> payloads.add(one.payload()));
    return payloads;
  }

  /** Calls back once all that this thread has added is on disk, or will not be. */
  void afterwards(Afterwards.Told told) {
    if (!queue.add(new Afterwards(told))) {
      told.kept(false);
    }
  }

  static Status unavailable() {
    return Status.UNAVAILABLE.withDescription(
        "the inference log, which is required, cannot be written; try again");
  }

  /** By the request id alone, so that a prediction asked for twice is logged twice or never. */
  private boolean isSampled(String requestId) {
    long mixed = requestId.hashCode() * 0x9E37_79B9_7F4A_7C15L;
    return (mixed >>> 32) < settings.share() * STEPS;
  }

  /**
   * Puts on disk what is waiting, and stores what is there, for {@link LogSettings#longestClose} at
   * most. What is left then, or once the sink fails without {@link LogSettings#insisting}, is
   * stored after the next start.
   */
  @Override
  public void close() {
    long end = System.nanoTime() + settings.longestClose().toNanos();
    closing.countDown();
    try {
      boolean isWritten =
          !writer.isAlive() || written.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!isWritten) {
        log.warn("{} predictions did not get into the spool in time", queue.predictions());
        writer.interrupt();
      }
      TimeUnit.NANOSECONDS.timedJoin(drain, end - System.nanoTime());
      drain.interrupt();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      folder.close();
    }
  }
}
