package dev.alta.training.evaluate;

import java.util.List;

/** Figures that come of the same pass over weighted rows. */
interface Figures {
  /** As in the message Evaluation: "mean_auroc", "auroc.<30". */
  List<String> names();

  /**
   * Writes a value for each name, NaN where the rows with a weight do not give it.
   *
   * @param from where in the values the first one goes
   */
  void at(int[] weightOfRow, double[] values, int from);
}
