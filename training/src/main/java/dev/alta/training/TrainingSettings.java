package dev.alta.training;

import dev.alta.training.trees.TreeSettings;

/**
 * What decides a training besides the data.
 *
 * @param trees how the trees are grown
 * @param seed of all chance in it
 * @param minRowsOfValue training rows that a category's value needs for a feature of its own
 * @param highestAuroc above this, a test AUROC counts as leakage
 * @param codeVersion of the sources, kept with the model
 */
public record TrainingSettings(
    TreeSettings trees, long seed, int minRowsOfValue, double highestAuroc, String codeVersion) {
  /** Highest test AUROC that an honest model of the readmission data can have. */
  public static final double HIGHEST_HONEST_AUROC = 0.75;

  private static final int MIN_ROWS_OF_VALUE = 300;

  public TrainingSettings {
    if (minRowsOfValue < 1) {
      throw new IllegalArgumentException("minRowsOfValue: " + minRowsOfValue + " (expected: > 0)");
    }
    if (!(highestAuroc > 0.5 && highestAuroc <= 1)) {
      throw new IllegalArgumentException(
          "highestAuroc: " + highestAuroc + " (expected: > 0.5, <= 1)");
    }
  }

  /** Good ones for the readmission data. */
  public static TrainingSettings standard(long seed, String codeVersion) {
    return new TrainingSettings(
        TreeSettings.standard(), seed, MIN_ROWS_OF_VALUE, HIGHEST_HONEST_AUROC, codeVersion);
  }

  public TrainingSettings withTrees(TreeSettings newTrees) {
    return new TrainingSettings(newTrees, seed, minRowsOfValue, highestAuroc, codeVersion);
  }
}
