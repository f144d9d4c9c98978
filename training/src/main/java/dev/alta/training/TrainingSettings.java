package dev.alta.training;

import dev.alta.training.search.Objective;
import dev.alta.training.search.SearchBudget;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What decides a training besides the data.
 *
 * @param objectives each gives a version of its own; one or two
 * @param budget of the search
 * @param seed of all chance in it
 * @param threads 1 or 2; does not change the result
 * @param highestAuroc above this, a test AUROC counts as leakage
 * @param bootstrapSamples on which the intervals of the figures rest
 * @param codeVersion of the sources, kept with the model
 * @param workflow the run of a workflow that asks for it, kept with the model; empty where none
 *     does
 * @param stopSearch becomes true when somebody wants no more trials: the best so far is then taken
 */
public record TrainingSettings(
    List<Objective> objectives,
    SearchBudget budget,
    long seed,
    int threads,
    double highestAuroc,
    int bootstrapSamples,
    String codeVersion,
    String workflow,
    BooleanSupplier stopSearch) {
  /** Highest test AUROC that an honest model of the readmission data can have. */
  public static final double HIGHEST_HONEST_AUROC = 0.75;

  private static final int BOOTSTRAP_SAMPLES = 1_000;
  private static final int THREADS = 2;

  public TrainingSettings {
    objectives = List.copyOf(objectives);
    if (!(highestAuroc > 0.5 && highestAuroc <= 1)) {
      throw new IllegalArgumentException(
          "highestAuroc: " + highestAuroc + " (expected: > 0.5, <= 1)");
    }
    if (bootstrapSamples < 1) {
      throw new IllegalArgumentException(
          "bootstrapSamples: " + bootstrapSamples + " (expected: > 0)");
    }
  }

  /** Both objectives; the best of the prior settings, without a search. */
  public static TrainingSettings standard(long seed, String codeVersion) {
    return new TrainingSettings(
        List.of(Objective.values()),
        SearchBudget.ofTrials(0),
        seed,
        THREADS,
        HIGHEST_HONEST_AUROC,
        BOOTSTRAP_SAMPLES,
        codeVersion,
        "",
        () -> false);
  }

  public TrainingSettings withObjectives(List<Objective> newObjectives) {
    return new TrainingSettings(
        newObjectives,
        budget,
        seed,
        threads,
        highestAuroc,
        bootstrapSamples,
        codeVersion,
        workflow,
        stopSearch);
  }

  public TrainingSettings withBudget(SearchBudget newBudget) {
    return new TrainingSettings(
        objectives,
        newBudget,
        seed,
        threads,
        highestAuroc,
        bootstrapSamples,
        codeVersion,
        workflow,
        stopSearch);
  }

  public TrainingSettings withThreads(int newThreads) {
    return new TrainingSettings(
        objectives,
        budget,
        seed,
        newThreads,
        highestAuroc,
        bootstrapSamples,
        codeVersion,
        workflow,
        stopSearch);
  }

  public TrainingSettings withHighestAuroc(double newHighest) {
    return new TrainingSettings(
        objectives,
        budget,
        seed,
        threads,
        newHighest,
        bootstrapSamples,
        codeVersion,
        workflow,
        stopSearch);
  }

  public TrainingSettings withBootstrapSamples(int newSamples) {
    return new TrainingSettings(
        objectives,
        budget,
        seed,
        threads,
        highestAuroc,
        newSamples,
        codeVersion,
        workflow,
        stopSearch);
  }

  public TrainingSettings forWorkflow(String newWorkflow) {
    return new TrainingSettings(
        objectives,
        budget,
        seed,
        threads,
        highestAuroc,
        bootstrapSamples,
        codeVersion,
        newWorkflow,
        stopSearch);
  }

  public TrainingSettings stoppedBy(BooleanSupplier newStop) {
    return new TrainingSettings(
        objectives,
        budget,
        seed,
        threads,
        highestAuroc,
        bootstrapSamples,
        codeVersion,
        workflow,
        newStop);
  }
}
