package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.MessageIntake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.Encounter;
import java.util.List;

/**
 * The way from an encounter to a row that a model can be asked about: check, clean. Every service
 * goes this way. Safe for several threads.
 */
public final class Admission {
  private final MessageIntake intake;
  private final Cleaner cleaner;

  public Admission(Contract contract) {
    this.intake = MessageIntake.of(contract, Encounter.getDefaultInstance());
    this.cleaner = new Cleaner(contract);
  }

  /** An encounter as callers send it. */
  public Admitted admit(Encounter encounter) {
    // Its texts are the bytes that came, until they are asked for: now this is a copy of them.
    ByteString bytes = encounter.toByteString();
    Checked checked = intake.check(encounter);
    return checked instanceof Checked.Accepted accepted
        ? clean(bytes, accepted.row())
        : new Admitted.Refused(((Checked.Rejected) checked).violations());
  }

  /**
   * An encounter that came in another form.
   *
   * @param checked what an {@link Intake} at {@link Door#SCORE} made of it
   */
  public Admitted admit(Checked checked) {
    return checked instanceof Checked.Accepted accepted
        ? clean(
            RowMessage.write(accepted.row(), Encounter.newBuilder()).build().toByteString(),
            accepted.row())
        : new Admitted.Refused(((Checked.Rejected) checked).violations());
  }

  private Admitted clean(ByteString encounter, Row row) {
    // The row was made for this call: nobody else looks at it.
    Cleaned cleaned = cleaner.cleanInPlace(row);
    if (cleaned instanceof Cleaned.Excluded excluded) {
      return new Admitted.Refused(
          List.of(
              new Violation(
                  excluded.column().name(),
                  "excluded",
                  "a case; it is none: " + excluded.reason())));
    }
    return new Admitted.Case(encounter, ((Cleaned.Kept) cleaned).row());
  }
}
