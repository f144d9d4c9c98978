package dev.alta.training.live;

import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.evaluate.Evaluator;

/** The figures of live predictions, computed as those of the test rows are. */
final class LiveFigures {
  private static final int SAMPLES = 1_000;
  private static final long SEED = 1; // the same outcomes give the same intervals

  private LiveFigures() {}

  static Evaluation evaluate(Contract contract, LiveScores live) {
    return Evaluator.evaluate(
        "live", live.scores(), live.rows(), contract.classes(), SAMPLES, SEED);
  }
}
