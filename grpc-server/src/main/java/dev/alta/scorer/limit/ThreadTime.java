package dev.alta.scorer.limit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How long a thread has worked, without the time in which others had its core. */
final class ThreadTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean IS_KNOWN = THREADS.isCurrentThreadCpuTimeSupported();

  private ThreadTime() {}

  /** Of this thread, in nanoseconds; wall time where the system does not tell. */
  static long nanos() {
    return IS_KNOWN ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }
}
