package dev.alta.training.evaluate;

import java.util.function.IntPredicate;

/**
 * Area under the receiver operating characteristic: the chance that a positive row has a higher
 * score than a negative one; equal scores count half. NaN where all rows are positive or none is.
 *
 * <p>Immutable; the order is sorted once, so that each further weighting is one pass.
 */
public final class WeightedAuroc implements WeightedFigure {
  private final ScoreOrder order;

  private WeightedAuroc(ScoreOrder order) {
    this.order = order;
  }

  /** Of one class against the rest, by its probability. */
  public static WeightedAuroc ofClass(Scores scores, int ofClass) {
    return new WeightedAuroc(ScoreOrder.ofClass(scores, ofClass));
  }

  /** Of any readmission against none, by how improbable the least urgent class is. */
  public static WeightedAuroc ofReadmitted(Scores scores) {
    return new WeightedAuroc(ScoreOrder.ofReadmitted(scores));
  }

  static WeightedAuroc of(ScoreOrder order) {
    return new WeightedAuroc(order);
  }

  /** Of some of the rows. Weights are still given for all of them. */
  public WeightedAuroc only(IntPredicate rows) {
    return new WeightedAuroc(order.only(rows));
  }

  @Override
  public double at(int[] weightOfRow) {
    double inOrder = 0;
    long positives = 0;
    long negatives = 0;
    long equalPositives = 0;
    long equalNegatives = 0;
    for (int i = 0; i < order.size(); i++) {
      if (order.isPositive(i)) {
        equalPositives += weightOfRow[order.row(i)];
      } else {
        equalNegatives += weightOfRow[order.row(i)];
      }
      if (order.isLastOfEquals(i)) {
        inOrder += equalNegatives * (positives + equalPositives / 2.0);
        positives += equalPositives;
        negatives += equalNegatives;
        equalPositives = 0;
        equalNegatives = 0;
      }
    }
    return inOrder / ((double) positives * negatives);
  }
}
