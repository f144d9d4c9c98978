package dev.alta.database;

import java.time.Duration;
import java.time.Instant;

/**
 * Who works on a workflow.
 *
 * @param who the user
 * @param host the machine
 * @param pid the process on it
 * @param since from when on
 * @param sinceSeen how long ago its last sign of life was, by the database's clock
 */
public record Holder(String who, String host, long pid, Instant since, Duration sinceSeen) {
  // It gives a sign every few seconds.
  static final Duration SILENCE = Duration.ofMinutes(1);

  /** Whether it was not heard of for a minute. */
  public boolean isSilent() {
    return sinceSeen.compareTo(SILENCE) > 0;
  }

  /** {@code ann on ward-3 (process 17) since 2026-01-02T03:04:05Z, last heard of 2 s ago}. */
  public String words() {
    return who
        + " on "
        + host
        + " (process "
        + pid
        + ") since "
        + since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
        + ", last heard of "
        + sinceSeen.toSeconds()
        + " s ago";
  }
}
