package dev.alta.scorer.predict;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what was predicted and what was refused. All series are there from the start. */
final class PredictMeters {
  private final Counter[] predictions;
  private final Map<String, Counter> violations = new HashMap<>();
  private final Counter otherViolations;

  PredictMeters(Contract contract, MeterRegistry metrics) {
    predictions =
        contract.classes().stream()
            .map(name -> metrics.counter("predictions", "class", name))
            .toArray(Counter[]::new);
    for (Column column : contract.columns()) {
      violations.put(column.name(), violations(metrics, column.name()));
    }
    // What callers make up must not become series.
    otherViolations = violations(metrics, "other");
  }

  private static Counter violations(MeterRegistry metrics, String field) {
    return metrics.counter("predict.violations", "field", field);
  }

  void predicted(int best) {
    predictions[best].increment();
  }

  /** So many of each class. */
  void predicted(int[] counts) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        predictions[i].increment(counts[i]);
      }
    }
  }

  void refused(List<Violation> refused) {
    refused.forEach(
        violation -> violations.getOrDefault(violation.field(), otherViolations).increment());
  }
}
