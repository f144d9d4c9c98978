package dev.alta.training.live;

import dev.alta.core.contract.Contract;
import dev.alta.database.ServedPredictions;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.Manifest;
import java.time.Instant;
import java.util.Optional;

/** The mean AUROC of a version over the predictions whose outcome is known. */
public sealed interface LiveAuroc {
  /** The figure with its 95% interval. */
  record Measured(double auroc, double low, double high, long outcomes) implements LiveAuroc {}

  /** There are too few, in words. */
  record TooFew(String why) implements LiveAuroc {}

  /** Measures it over the predictions since a moment. */
  static LiveAuroc of(
      ServedPredictions served, Contract contract, Manifest version, Instant since) {
    LiveScores live =
        LiveScores.read(served, contract, version.getName(), version.getVersion(), since);
    Optional<String> shortage = Shortage.of(contract.classes(), live.ofClass(), version.getTest());
    if (shortage.isPresent()) {
      return new TooFew(shortage.get());
    }
    Evaluation found = LiveFigures.evaluate(contract, live);
    Interval interval = found.getIntervalsOrThrow("mean_auroc");
    return new Measured(
        found.getMeanAuroc(), interval.getLow(), interval.getHigh(), live.scores().rows());
  }
}
