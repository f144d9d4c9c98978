package dev.alta.training.evaluate;

import dev.alta.proto.v1.Evaluation;
import java.util.Arrays;

/** Computes the figures of a data set. Classes go from the least to the most urgent. */
public final class Evaluator {
  private Evaluator() {}

  /**
   * Evaluates.
   *
   * @param dataset its name, kept with the figures
   * @throws IllegalArgumentException if there are no rows
   */
  public static Evaluation evaluate(String dataset, Scores scores) {
    if (scores.rows() == 0) {
      throw new IllegalArgumentException(dataset + ": 0 rows (expected: at least 1)");
    }
    Confusion confusion = Confusion.of(scores);
    double[] auroc = new double[scores.classes()];
    Arrays.setAll(auroc, c -> auroc(scores, c));
    Evaluation.Builder evaluation =
        Evaluation.newBuilder()
            .setDataset(dataset)
            .setRows(scores.rows())
            .setAccuracy(confusion.accuracy())
            .setMajorityShare(confusion.majorityShare())
            .setMeanAuroc(Arrays.stream(auroc).average().orElseThrow())
            .setAurocReadmitted(aurocReadmitted(scores))
            .setMacroPrecision(confusion.macroPrecision())
            .setMacroRecall(confusion.macroRecall())
            .setMacroF1(confusion.macroF1())
            .setBrier(brier(scores));
    Arrays.stream(auroc).forEach(evaluation::addAuroc);
    confusion.counts().forEach(evaluation::addConfusion);
    return evaluation.build();
  }

  /** One class against the rest. */
  private static double auroc(Scores scores, int ofClass) {
    return Auroc.of(
        scores.rows(),
        row -> scores.probability(row, ofClass),
        row -> scores.actual(row) == ofClass);
  }

  /** Any readmission against none: by how improbable the least urgent class is. */
  private static double aurocReadmitted(Scores scores) {
    return Auroc.of(
        scores.rows(), row -> -scores.probability(row, 0), row -> scores.actual(row) != 0);
  }

  private static double brier(Scores scores) {
    double sum = 0;
    for (int row = 0; row < scores.rows(); row++) {
      for (int c = 0; c < scores.classes(); c++) {
        double distance = scores.probability(row, c) - (scores.actual(row) == c ? 1 : 0);
        sum += distance * distance;
      }
    }
    return sum / scores.rows();
  }
}
