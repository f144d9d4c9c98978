package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Violation;
import dev.alta.database.RejectedRow;
import dev.alta.pipelines.PipelineException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts rejected rows and their reasons, and says when there are too many. */
final class RejectCount {
  private static final int MOST_NAMED = 5;

  private record Reason(String field, String expected) {}

  private final Map<Reason, Integer> reasons = new HashMap<>();
  private long rows;
  private long rejected;

  void add(int rowsOfBatch, List<RejectedRow> rejects) {
    rows += rowsOfBatch;
    rejected += rejects.size();
    for (RejectedRow row : rejects) {
      for (Violation violation : row.reasons()) {
        reasons.merge(new Reason(violation.field(), violation.expected()), 1, Integer::sum);
      }
    }
  }

  /**
   * Makes sure that the share of rejected rows is bearable.
   *
   * @throws PipelineException if it is not; names the most frequent reasons, but no value of a row
   */
  void check(String file, double maxShare) {
    if (rejected <= maxShare * rows) {
      return;
    }
    String most =
        reasons.entrySet().stream()
            .sorted(
                Map.Entry.<Reason, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(e -> e.getKey().field(), Comparator.naturalOrder()))
            .limit(MOST_NAMED)
            .map(
                e ->
                    e.getKey().field()
                        + " in "
                        + e.getValue()
                        + " (expected: "
                        + e.getKey().expected()
                        + ")")
            .collect(Collectors.joining("; "));
    throw new PipelineException(
        String.format(
            Locale.ROOT,
            "%s: %d of %d new rows would be rejected (expected: at most %s%%), nothing was stored;"
                + " most of them for %s",
            file,
            rejected,
            rows,
            percent(maxShare),
            most));
  }

  private static String percent(double share) {
    return new java.math.BigDecimal(Double.toString(share * 100))
        .stripTrailingZeros()
        .toPlainString();
  }
}
