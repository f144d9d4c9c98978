package dev.alta.app.workflow;

import dev.alta.core.drift.InputDrift;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known when it is decided whether to train again.
 *
 * @param champion empty where there is none
 * @param sameData a version that was trained by this code with this seed on the rows of now; empty
 *     where there is none
 * @param schemaChanges how the contract differs from what the champion reads, one in words each
 */
record RetrainFacts(
    Optional<Champion> champion,
    Optional<Integer> sameData,
    List<String> schemaChanges,
    Arrived arrived,
    Live live,
    Instant now) {
  /**
   * The model that answers.
   *
   * @param testAuroc mean AUROC on the test rows
   * @param weights share of its questions that it asks of each column
   */
  record Champion(int version, Instant created, double testAuroc, Map<String, Double> weights) {}

  /** Rows that the champion was not made from. */
  sealed interface Arrived {
    /**
     * They are known.
     *
     * @param championRows rows that the champion was made from
     * @param drift how far those that are cases differ from these
     */
    record Known(long rows, long championRows, InputDrift drift) implements Arrived {}

    /** They are not, for a reason. */
    record Unknown(String why) implements Arrived {}
  }

  /** How the champion does in the hospital. */
  sealed interface Live {
    /** The mean AUROC over predictions whose outcome is known, with its 95% interval. */
    record Measured(double auroc, double low, double high, long outcomes) implements Live {}

    /** It cannot be measured, for a reason. */
    record TooFew(String why) implements Live {}
  }
}
