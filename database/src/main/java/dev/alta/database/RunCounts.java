package dev.alta.database;

import java.io.Serializable;
import java.util.List;

/**
 * What a run has done, or a step of it.
 *
 * @param read rows read
 * @param passed of these accepted, kept or scored
 * @param rejected of these rejected or excluded
 * @param batches batches committed
 */
public record RunCounts(long read, long passed, long rejected, long batches)
    implements Serializable {
  /** All of them together. */
  public static RunCounts sum(List<RunCounts> parts) {
    return new RunCounts(
        parts.stream().mapToLong(RunCounts::read).sum(),
        parts.stream().mapToLong(RunCounts::passed).sum(),
        parts.stream().mapToLong(RunCounts::rejected).sum(),
        parts.stream().mapToLong(RunCounts::batches).sum());
  }
}
