package dev.alta.scorer.predict;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.swap.LiveModel;
import java.util.List;

/** The way of an encounter: check, clean, predict. Safe for several threads. */
final class Scoring {
  private final Contract contract;
  private final Cleaner cleaner;

  Scoring(Contract contract) {
    this.contract = contract;
    this.cleaner = new Cleaner(contract);
  }

  Scored score(LiveModel model, Encounter encounter) {
    Checked checked = Intake.check(contract, Door.SCORE, encounter);
    if (checked instanceof Checked.Rejected rejected) {
      return new Scored.Refused(rejected.violations());
    }
    Cleaned cleaned = cleaner.clean(((Checked.Accepted) checked).row());
    if (cleaned instanceof Cleaned.Excluded excluded) {
      return new Scored.Refused(
          List.of(
              new Violation(
                  excluded.column().name(),
                  "excluded",
                  "a case; it is none: " + excluded.reason())));
    }
    return new Scored.Predicted(model.predict(((Cleaned.Kept) cleaned).row()));
  }
}
