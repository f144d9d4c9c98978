package dev.alta.app.model;

import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.CleanData;
import dev.alta.model.registry.Registry;
import dev.alta.training.Training;
import dev.alta.training.TrainingResult;
import dev.alta.training.TrainingSettings;

/** A training that people watch. */
public final class TrainingStep {
  private TrainingStep() {}

  /** Trains on what was prepared; the versions are in the registry then, none of them promoted. */
  public static TrainingResult run(
      Contract contract,
      CleanData data,
      Registry registry,
      TrainingSettings settings,
      Terminal terminal)
      throws Exception {
    return terminal.step(
        "train",
        progress -> new Training(contract, data, registry).train(settings, progress),
        TrainingWords::line);
  }
}
