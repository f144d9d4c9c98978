package dev.alta.training.search;

import dev.alta.model.kernel.Kernel;
import dev.alta.model.kernel.Softmax;
import dev.alta.model.kernel.TreeKernel;
import dev.alta.proto.v1.Forest;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Scores;
import java.util.Arrays;

/** Rows that are scored with more and more trees, by the flat kernel that will serve them. */
final class RunningScores {
  private final Vectors rows;
  private final int classes;
  private final float[] margins;

  RunningScores(Vectors rows, int classes) {
    this.rows = rows;
    this.classes = classes;
    this.margins = new float[rows.rows() * classes];
  }

  /** Adds trees, and gives the probabilities with all up to there. */
  Scores add(Forest trees) {
    TreeKernel kernel = TreeKernel.of(trees, rows.features());
    Scores scores = new Scores(classes, rows.rows());
    Kernel.Scratch scratch = kernel.scratch();
    float[] vector = new float[rows.features()];
    float[] outputs = new float[classes];
    double[] probabilities = new double[classes];
    for (int row = 0; row < rows.rows(); row++) {
      rows.copy(row, vector);
      kernel.margins(vector, scratch, outputs);
      for (int c = 0; c < classes; c++) {
        margins[row * classes + c] += outputs[c];
        outputs[c] = margins[row * classes + c];
      }
      Softmax.apply(outputs);
      Arrays.setAll(probabilities, c -> outputs[c]);
      scores.add(probabilities, rows.actualClass(row));
    }
    return scores;
  }
}
