package dev.alta.app.home;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be stopped in reverse order, all of it, whatever fails on the way.
 *
 * <p>A part that is just being started when everything is stopped is waited for and stopped too: a
 * process that nobody knows of yet would otherwise outlive this one.
 */
public final class Parts implements AutoCloseable {
  /** Starts a part. */
  @FunctionalInterface
  public interface Start<T extends AutoCloseable, E extends Exception> {
    T start() throws E;
  }

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  // Starts share it, so that several parts can start at once; stopping needs it alone.
  private final ReadWriteLock starting = new ReentrantReadWriteLock();
  private volatile boolean closed;
  private volatile Duration longestStop = Duration.ofSeconds(8);

  /**
   * Starts a part and remembers it.
   *
   * @throws IllegalStateException if everything was stopped meanwhile
   */
  public <T extends AutoCloseable, E extends Exception> T start(Start<T, E> start) throws E {
    starting.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("stopped while starting");
      }
      T part = start.start();
      synchronized (started) {
        started.push(part);
      }
      return part;
    } finally {
      starting.readLock().unlock();
    }
  }

  /** Lets a stop take so much longer than the eight seconds that it may take otherwise. */
  public synchronized void lengthenStop(Duration more) {
    longestStop = longestStop.plus(more);
  }

  /** How long a stop may take; what has not stopped by then hangs. */
  Duration longestStop() {
    return longestStop;
  }

  /** Whether everything was stopped, or is being stopped. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    starting.writeLock().lock();
    try {
      while (!started.isEmpty()) {
        stop(started.pop());
      }
    } finally {
      starting.writeLock().unlock();
    }
  }

  /** A part that fails to stop must not keep the others running. */
  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failed) {
      log().error("{} did not stop cleanly", part.getClass().getSimpleName(), failed);
    }
  }

  // Not a field: a logger made before the log file is open would write elsewhere.
  private static Logger log() {
    return LoggerFactory.getLogger(Parts.class);
  }
}
