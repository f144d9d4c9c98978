package dev.alta.kubernetes.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that is put forward by hand. */
final class Later extends Clock {
  private Instant now = Instant.EPOCH;

  synchronized void minutes(int minutes) {
    now = now.plus(Duration.ofMinutes(minutes));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
