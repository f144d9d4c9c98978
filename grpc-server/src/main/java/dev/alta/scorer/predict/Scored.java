package dev.alta.scorer.predict;

import dev.alta.core.contract.Violation;
import dev.alta.model.bundle.Prediction;
import java.util.List;

/** What becomes of an encounter. */
sealed interface Scored {
  /** The model's answer. */
  record Predicted(Prediction prediction) implements Scored {}

  /** No case for the model: every reason. */
  record Refused(List<Violation> violations) implements Scored {}
}
