package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import java.util.List;

/** What becomes of an encounter at the door. */
public sealed interface Admitted {
  /**
   * To be answered.
   *
   * @param encounter as it was received, the bytes of an {@code Encounter}
   * @param cleaned what the model is asked about
   */
  record Case(ByteString encounter, Row cleaned) implements Admitted {}

  /** No case for the model: every reason. */
  record Refused(List<Violation> violations) implements Admitted {}
}
