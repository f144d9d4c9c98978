package dev.alta.app.up;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in reverse order, all of it, whatever fails on the way. */
final class Parts implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /**
   * Remembers a part.
   *
   * @throws IllegalStateException if everything was stopped meanwhile; the part is stopped, too
   */
  synchronized <T extends AutoCloseable> T add(T part) {
    if (closed) {
      stop(part);
      throw new IllegalStateException("stopped while starting");
    }
    started.push(part);
    return part;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      stop(started.pop());
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
