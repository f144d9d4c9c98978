package dev.alta.training;

import dev.alta.core.split.Side;
import dev.alta.model.kernel.Kernel;
import dev.alta.model.kernel.Softmax;
import dev.alta.model.kernel.TreeKernel;
import dev.alta.proto.v1.Forest;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Scores;
import dev.alta.training.trees.TrainedTrees;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That the flat trees compute what the trainer computes, shown on every validation and test row,
 * and the flat trees' probabilities of the test rows that came of it.
 */
final class Proof {
  static final double TOLERANCE = 1e-6;

  private static final Logger log = LoggerFactory.getLogger(Proof.class);

  private final Forest forest;
  private final TreeKernel kernel;
  private final Scores test;
  private final Optional<Scores> withoutHistory;
  private double largestDifference;

  private Proof(
      TrainedTrees trees,
      int classes,
      Vectors validation,
      Vectors test,
      Optional<Vectors> withoutHistory) {
    this.forest = trees.forest();
    this.kernel = TreeKernel.of(forest, test.features());
    if (kernel.outputs() != classes) {
      throw new IllegalStateException(
          "outputs: " + kernel.outputs() + " (expected: " + classes + ")");
    }
    score(Side.VALIDATION, validation, trees);
    this.test = score(Side.TEST, test, trees);
    this.withoutHistory = withoutHistory.map(rows -> score(Side.TEST, rows, trees));
    log.info("flat trees agree with the trainer to {}", largestDifference);
  }

  /**
   * Compares.
   *
   * @param withoutHistory the test rows once more, without what is known from earlier encounters
   * @throws IllegalStateException if a probability differs by more than 1e-6; names side, row and
   *     class
   */
  static Proof of(
      TrainedTrees trees,
      int classes,
      Vectors validation,
      Vectors test,
      Optional<Vectors> withoutHistory) {
    return new Proof(trees, classes, validation, test, withoutHistory);
  }

  Forest forest() {
    return forest;
  }

  Scores test() {
    return test;
  }

  /** Of the test rows without what is known from earlier encounters. */
  Optional<Scores> withoutHistory() {
    return withoutHistory;
  }

  double largestDifference() {
    return largestDifference;
  }

  private Scores score(Side side, Vectors rows, TrainedTrees trees) {
    Scores scores = new Scores(kernel.outputs(), rows.rows());
    float[] vector = new float[rows.features()];
    float[] outputs = new float[kernel.outputs()];
    Kernel.Scratch scratch = kernel.scratch();
    double[] probabilities = new double[kernel.outputs()];
    trees.predict(
        rows,
        (row, trainers) -> {
          rows.copy(row, vector);
          kernel.margins(vector, scratch, outputs);
          Softmax.apply(outputs);
          for (int c = 0; c < outputs.length; c++) {
            probabilities[c] = outputs[c];
            compare(side, row, c, probabilities[c], trainers[c]);
          }
          scores.add(probabilities, rows.actualClass(row));
        });
    return scores;
  }

  private void compare(Side side, int row, int ofClass, double kernels, double trainers) {
    double difference = Math.abs(kernels - trainers);
    // Written so that a NaN fails as well.
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          side.label()
              + " row "
              + row
              + ", class "
              + ofClass
              + ": the flat trees say "
              + kernels
              + " (expected: "
              + trainers
              + ", as the trainer says)");
    }
    largestDifference = Math.max(largestDifference, difference);
  }
}
