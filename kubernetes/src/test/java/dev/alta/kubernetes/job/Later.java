package dev.alta.kubernetes.job;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Nanoseconds that pass by hand. */
final class Later implements LongSupplier {
  private final AtomicLong now = new AtomicLong();

  void minutes(int minutes) {
    now.addAndGet(Duration.ofMinutes(minutes).toNanos());
  }

  @Override
  public long getAsLong() {
    return now.get();
  }
}
