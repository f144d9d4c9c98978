package dev.alta.model.bundle;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.Sample;
import java.util.List;
import java.util.Optional;

/** Scores the rows that a model brings along, the whole way from their texts, and compares. */
final class SelfCheck {
  static final double TOLERANCE = 1e-6;

  private final Contract contract;
  private final Cleaner cleaner;
  private final List<Sample> samples;

  SelfCheck(Contract contract, List<Sample> samples) {
    this.contract = contract;
    this.cleaner = new Cleaner(contract);
    this.samples = samples;
  }

  /** Throws an IllegalStateException that names the first sample that is wrong. */
  void run(Predictor predictor) {
    if (samples.isEmpty()) {
      throw new IllegalStateException("no samples (expected: at least 1)");
    }
    for (int i = 0; i < samples.size(); i++) {
      compare(i, samples.get(i), predictor.probabilities(row(i, samples.get(i))));
    }
  }

  private Row row(int index, Sample sample) {
    Intake intake = new Intake(contract, Door.SCORE);
    sample.getEncounterMap().forEach((column, text) -> take(intake, column, text));
    Checked checked = intake.finish();
    if (checked instanceof Checked.Rejected rejected) {
      Violation first = rejected.violations().get(0);
      throw wrong(index, first.field(), "refused", first.expected());
    }
    Cleaned cleaned = cleaner.clean(((Checked.Accepted) checked).row());
    if (cleaned instanceof Cleaned.Excluded excluded) {
      throw wrong(index, excluded.column().name(), "excluded", "a case for the prediction");
    }
    return ((Cleaned.Kept) cleaned).row();
  }

  private void take(Intake intake, String name, String text) {
    Optional<Column> column = contract.find(name);
    if (column.isPresent()) {
      intake.text(column.get(), text);
    } else {
      intake.unknown(name, "");
    }
  }

  private void compare(int index, Sample sample, double[] computed) {
    if (sample.getProbabilitiesCount() != computed.length) {
      throw wrong(
          index,
          "probabilities",
          sample.getProbabilitiesCount() + "",
          computed.length + " of them");
    }
    for (int i = 0; i < computed.length; i++) {
      double expected = sample.getProbabilities(i);
      // Written so that a NaN fails as well.
      if (!(Math.abs(computed[i] - expected) <= TOLERANCE)) {
        throw wrong(
            index,
            "probability of " + contract.classes().get(i),
            Double.toString(computed[i]),
            expected + ", off by " + Math.abs(computed[i] - expected));
      }
    }
  }

  private static IllegalStateException wrong(
      int index, String what, String found, String expected) {
    return new IllegalStateException(
        "sample " + index + ": " + what + ": " + found + " (expected: " + expected + ")");
  }
}
