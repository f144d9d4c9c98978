package dev.alta.database;

import dev.alta.core.split.Side;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A clean_data that was published: kept + excluded = rows read.
 *
 * @param number from 1 on
 * @param inputSha256 digest over all that decides the result: batches, contract, seed
 * @param rowsRead rows of raw_data
 * @param excluded rows that are no cases for the prediction, by reason
 * @param counts rows by side and class
 * @param splitSha256 digest of the {@link dev.alta.core.split.SplitPlan}
 * @param assignmentSha256 digest of the sides of all patients; empty where the generation is of a
 *     version in which patients did not keep them
 */
public record Generation(
    long number,
    Instant createdAt,
    String inputSha256,
    long seed,
    long rowsRead,
    long kept,
    Map<String, Long> excluded,
    Map<Side, Map<String, Long>> counts,
    String splitSha256,
    Optional<String> assignmentSha256) {

  /** Rows on a side. */
  public long rows(Side side) {
    return counts.getOrDefault(side, Map.of()).values().stream().mapToLong(n -> n).sum();
  }
}
