package dev.alta.pipelines.score;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many rows the workers of this process have written, for the progress of a run that watches
 * them. Workers of other processes show in Beam's counters.
 */
final class RowsWritten {
  private static final Map<String, LongAdder> RUNS = new ConcurrentHashMap<>();

  private RowsWritten() {}

  static void watch(Output output) {
    RUNS.put(name(output), new LongAdder());
  }

  static void add(Output output, int rows) {
    LongAdder watched = RUNS.get(name(output));
    if (watched != null) {
      watched.add(rows);
    }
  }

  static long of(Output output) {
    LongAdder watched = RUNS.get(name(output));
    return watched == null ? 0 : watched.sum();
  }

  static void forget(Output output) {
    RUNS.remove(name(output));
  }

  /** The same wherever the output was sent to: it has the number of its run. */
  private static String name(Output output) {
    return output.toString();
  }
}
