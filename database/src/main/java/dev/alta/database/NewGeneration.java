package dev.alta.database;

import dev.alta.core.split.SplitPlan;
import java.util.Map;

/**
 * What is recorded with a generation when it is published.
 *
 * @param inputSha256 digest over all that decides the result: batches, contract, seed
 * @param rowsRead rows of raw_data that went in
 * @param excluded rows that are no cases for the prediction, by reason
 * @param plan the split that its rows follow
 */
public record NewGeneration(
    String inputSha256, long rowsRead, Map<String, Long> excluded, SplitPlan plan) {
  public NewGeneration {
    excluded = Map.copyOf(excluded);
  }

  long excludedRows() {
    return excluded.values().stream().mapToLong(n -> n).sum();
  }
}
