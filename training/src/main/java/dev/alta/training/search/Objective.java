package dev.alta.training.search;

import dev.alta.training.evaluate.Auroc;
import dev.alta.training.evaluate.Scores;

/** A figure of the validation rows that a search makes as high as possible. */
public enum Objective {
  /** The mean over the classes of the AUROC of a class against the rest. */
  MEAN_AUROC("mean_auroc", "train_model_auroc"),
  /** The share of rows whose most probable class is the actual one. */
  ACCURACY("accuracy", "train_model_accuracy");

  private final String figure;
  private final String run;

  Objective(String figure, String run) {
    this.figure = figure;
    this.run = run;
  }

  /** The name of the figure, as in an Evaluation. */
  public String figure() {
    return figure;
  }

  /** The name of a training that has this objective. */
  public String run() {
    return run;
  }

  double of(Scores scores) {
    return this == ACCURACY ? scores.accuracy() : Auroc.mean(scores);
  }
}
