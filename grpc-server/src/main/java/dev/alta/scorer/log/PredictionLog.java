package dev.alta.scorer.log;

import dev.alta.database.LoggedPrediction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue in memory and one thread that writes it to the sink in batches. Never blocks the
 * caller: where the queue is full, the prediction is dropped and counted. While the sink throws,
 * the batch in hand is tried again, ever more slowly.
 */
public final class PredictionLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PredictionLog.class);
  private static final int LARGEST_BATCH = 1_000;
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(3);

  private final BlockingQueue<Answered> queue;
  private final LogSink sink;
  private final Counter written;
  private final Counter dropped;
  private final Counter failures;
  private final Thread writer;
  private volatile boolean closing;

  /** Takes its parts; nothing is written before {@link #start}. */
  public PredictionLog(int capacity, LogSink sink, MeterRegistry metrics) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.sink = sink;
    this.written = metrics.counter("inference.log.written");
    this.dropped = metrics.counter("inference.log.dropped");
    this.failures = metrics.counter("inference.log.failures");
    Gauge.builder("inference.log.queue.depth", queue, BlockingQueue::size).register(metrics);
    this.writer = new Thread(this::write, "alta-inference-log");
    this.writer.setDaemon(true);
  }

  public void start() {
    writer.start();
  }

  /** Takes a prediction in, or drops it. */
  public void add(Answered answered) {
    if (!queue.offer(answered)) {
      dropped.increment();
    }
  }

  /** Writes what is waiting, for three seconds at most; what is left then is counted as dropped. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(LONGEST_DRAIN.toMillis());
      writer.interrupt();
      writer.join(WAIT.toMillis());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<Answered> batch = new ArrayList<>(LARGEST_BATCH);
    try {
      while (take(batch)) {
        append(batch.stream().map(Answered::logged).toList());
        batch.clear();
      }
    } catch (InterruptedException closed) {
      int lost = batch.size() + queue.size();
      dropped.increment(lost);
      log.warn("stopped with {} predictions that did not reach the inference log", lost);
    }
  }

  /** Fills the batch with what is there; false once nothing is left and the log is closing. */
  private boolean take(List<Answered> batch) throws InterruptedException {
    while (batch.isEmpty()) {
      boolean last = closing;
      Answered first = queue.poll(last ? 0 : WAIT.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
      } else if (last) {
        return false;
      }
    }
    queue.drainTo(batch, LARGEST_BATCH - batch.size());
    return true;
  }

  private void append(List<LoggedPrediction> batch) throws InterruptedException {
    Duration delay = FIRST_DELAY;
    while (!tryAppend(batch, delay.equals(FIRST_DELAY))) {
      Thread.sleep(delay.toMillis());
      Duration doubled = delay.multipliedBy(2);
      delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }
    if (!delay.equals(FIRST_DELAY)) {
      log.info("the inference log is written again");
    }
    written.increment(batch.size());
  }

  private boolean tryAppend(List<LoggedPrediction> batch, boolean first) {
    try {
      sink.append(batch);
      return true;
    } catch (RuntimeException away) {
      failures.increment();
      if (first) {
        log.warn("the inference log cannot be written, trying again: {}", away.getMessage());
      }
      return false;
    }
  }
}
