package dev.alta.pipelines.score;

import dev.alta.model.bundle.Prediction;
import dev.alta.model.bundle.Reason;
import java.util.List;

/**
 * What becomes of a row that is scored.
 *
 * @param key text of the encounter's key; empty where it was not given
 * @param patient text of the patient; empty where it was not given
 * @param order by which rows of the same risk are ranked
 */
record Answer(String key, String patient, long order, Prediction prediction, List<Reason> reasons) {
  /** Stands behind all keys. */
  static final long WITHOUT_KEY = Long.MAX_VALUE;
}
