package dev.alta.scorer.predict;

import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.Encounter;
import java.util.List;

/** What becomes of an encounter at the door. */
public sealed interface Admitted {
  /** To be answered: the encounter as it was received, and its cleaned row. */
  record Case(Encounter encounter, Row cleaned) implements Admitted {}

  /** No case for the model: every reason. */
  record Refused(List<Violation> violations) implements Admitted {}
}
