package dev.alta.training.leak;

import dev.alta.proto.v1.Evaluation;

/**
 * What one way to evaluate claims.
 *
 * @param name short: "split by row"
 * @param words what was done
 * @param why what is wrong with it; empty for the honest one
 * @param trainingRows learned from
 * @param test figures of what that way takes for test rows
 */
public record LeakageTrial(
    String name, String words, String why, int trainingRows, Evaluation test) {
  public boolean honest() {
    return why.isEmpty();
  }
}
