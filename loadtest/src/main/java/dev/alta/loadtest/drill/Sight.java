package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Looks at clean_data all the time, as a reader does: it must be empty or one whole data set. */
final class Sight implements AutoCloseable {
  private static final long BETWEEN_NANOS = 20_000_000;
  // In one statement, so of one moment.
  private static final String PART =
      "SELECT (SELECT count(*) FROM clean_data)::text || ' ' || (SELECT count(DISTINCT generation)"
          + " FROM clean_data) || ' ' || coalesce((SELECT kept FROM clean_data_generation ORDER BY"
          + " generation DESC LIMIT 1), 0)";

  private final AtomicLong looks = new AtomicLong();
  private final AtomicLong parts = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  Sight(DatabaseSettings database) {
    this.thread = new Thread(() -> look(database), "sight");
    thread.setDaemon(true);
    thread.start();
  }

  private void look(DatabaseSettings database) {
    try (Sql sql = new Sql(database)) {
      while (!closed) {
        List<String> seen = List.of(sql.texts(PART).get(0).split(" "));
        long generations = Long.parseLong(seen.get(1));
        boolean isWhole = seen.get(0).equals(seen.get(2)) && generations <= 1;
        parts.addAndGet(isWhole ? 0 : 1);
        looks.incrementAndGet();
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    } catch (SQLException failed) {
      parts.incrementAndGet(); // said as a broken promise: nobody else would hear of it
      throw new IllegalStateException(failed);
    }
  }

  long looks() {
    return looks.get();
  }

  /** How often it was neither. */
  long parts() {
    return parts.get();
  }

  /** Looks no more. */
  void end() throws InterruptedException {
    closed = true;
    thread.join();
  }

  @Override
  public void close() {
    closed = true;
  }
}
