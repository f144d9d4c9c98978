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

  /**
   * Of any readmission against none, by how improbable the least urgent class is. That is the least
   * urgent class against the rest with both turned round, so that the AUROC is the same.
   */
  public static WeightedAuroc ofReadmitted(Scores scores) {
    return ofClass(scores, 0);
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
    // In halves of pairs, so that all of it is whole numbers.
    long inOrder = 0;
    long positives = 0;
    long negatives = 0;
    long equalPositives = 0;
    long equalNegatives = 0;
    for (int i = 0; i < order.size(); i++) {
      int weight = weightOfRow[order.row(i)];
      int positive = weight & order.positiveMask(i);
      equalPositives += positive;
      equalNegatives += weight - positive;
      if (order.isLastOfEquals(i)) {
        inOrder += equalNegatives * (2 * positives + equalPositives);
        positives += equalPositives;
        negatives += equalNegatives;
        equalPositives = 0;
        equalNegatives = 0;
      }
    }
    return inOrder / (2.0 * positives * negatives);
  }
}
