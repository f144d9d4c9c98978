package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Violation;
import dev.alta.database.RejectedRow;
import dev.alta.pipelines.PipelineException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts rejected rows and their reasons, and says when there are too many. Counts of several
 * workers can be added up.
 */
final class RejectCount implements Serializable {
  private static final int MOST_NAMED = 5;

  private record Reason(String field, String expected) implements Serializable {}

  private final Map<Reason, Long> reasons = new HashMap<>();
  private long rows;
  private long rejected;

  void add(long rowsOfBatch, List<RejectedRow> rejects) {
    rows += rowsOfBatch;
    rejected += rejects.size();
    for (RejectedRow row : rejects) {
      for (Violation violation : row.violations()) {
        reasons.merge(new Reason(violation.field(), violation.expected()), 1L, Long::sum);
      }
    }
  }

  void add(RejectCount other) {
    rows += other.rows;
    rejected += other.rejected;
    other.reasons.forEach((reason, number) -> reasons.merge(reason, number, Long::sum));
  }

  /**
   * Makes sure that the share of rejected rows is bearable.
   *
   * @throws PipelineException if it is not; names the most frequent reasons, but no value of a row
   */
  void check(String source, double maxShare) {
    if (rejected <= maxShare * rows) {
      return;
    }
    String most =
        reasons.entrySet().stream()
            .sorted(
                Map.Entry.<Reason, Long>comparingByValue()
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
            "%s: %d of %d new rows would be rejected (expected: at most %s), nothing was stored;"
                + " most of them for %s",
            source,
            rejected,
            rows,
            percent(maxShare),
            most));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RejectCount count
        && rows == count.rows
        && rejected == count.rejected
        && reasons.equals(count.reasons);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rows, rejected, reasons);
  }

  /** As people write it: {@code 1%}. */
  static String percent(double share) {
    return new java.math.BigDecimal(Double.toString(share * 100))
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }
}
