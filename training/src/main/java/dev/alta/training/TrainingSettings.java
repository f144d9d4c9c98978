package dev.alta.training;

import dev.alta.training.search.SearchSettings;

/**
 * What decides a training besides the data.
 *
 * @param search each of its objectives gives a version of its own; its seed is that of all chance
 * @param history whether the model may read what is made from earlier encounters; false for callers
 *     who do not know it
 * @param highestAuroc above this, a test AUROC counts as leakage
 * @param bootstrapSamples on which the intervals of the figures rest
 * @param codeVersion of the sources, kept with the model
 * @param workflow the run of a workflow that asks for it, kept with the model; empty where none
 *     does
 */
public record TrainingSettings(
    SearchSettings search,
    boolean history,
    double highestAuroc,
    int bootstrapSamples,
    String codeVersion,
    String workflow) {
  /** Highest test AUROC that an honest model of the readmission data can have. */
  public static final double HIGHEST_HONEST_AUROC = 0.75;

  private static final int BOOTSTRAP_SAMPLES = 1_000;

  public TrainingSettings {
    if (!(highestAuroc > 0.5 && highestAuroc <= 1)) {
      throw new IllegalArgumentException(
          "highestAuroc: " + highestAuroc + " (expected: > 0.5, <= 1)");
    }
    if (bootstrapSamples < 1) {
      throw new IllegalArgumentException(
          "bootstrapSamples: " + bootstrapSamples + " (expected: > 0)");
    }
  }

  /** The standard search; all columns. */
  public static TrainingSettings standard(long seed, String codeVersion) {
    return new TrainingSettings(
        SearchSettings.standard(seed),
        true,
        HIGHEST_HONEST_AUROC,
        BOOTSTRAP_SAMPLES,
        codeVersion,
        "");
  }

  public long seed() {
    return search.seed();
  }

  public int threads() {
    return search.threads();
  }

  public TrainingSettings withSearch(SearchSettings newSearch) {
    return new TrainingSettings(
        newSearch, history, highestAuroc, bootstrapSamples, codeVersion, workflow);
  }

  public TrainingSettings withHistory(boolean newHistory) {
    return new TrainingSettings(
        search, newHistory, highestAuroc, bootstrapSamples, codeVersion, workflow);
  }

  public TrainingSettings withHighestAuroc(double newHighest) {
    return new TrainingSettings(
        search, history, newHighest, bootstrapSamples, codeVersion, workflow);
  }

  public TrainingSettings withBootstrapSamples(int newSamples) {
    return new TrainingSettings(search, history, highestAuroc, newSamples, codeVersion, workflow);
  }

  public TrainingSettings forWorkflow(String newWorkflow) {
    return new TrainingSettings(
        search, history, highestAuroc, bootstrapSamples, codeVersion, newWorkflow);
  }
}
