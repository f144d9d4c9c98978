package dev.alta.training.trees;

import dev.alta.training.dataset.Vectors;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Rows in XGBoost's own memory, for growing trees on them several times. For one thread. */
public final class TreeRows implements AutoCloseable {
  private final DMatrix matrix;
  private final int features;
  private final int rows;
  private final int classes;

  /**
   * Copies rows.
   *
   * @param classes how many there are; each must occur among the rows
   * @throws IllegalArgumentException if a class does not occur
   */
  public TreeRows(Vectors rows, int classes) {
    TreeTrainer.requireAllClasses(rows, classes);
    this.features = rows.features();
    this.rows = rows.rows();
    this.classes = classes;
    this.matrix = matrix(rows, 0, rows.rows());
  }

  /** Rows from the first up to, but without, the last; what is not given is XGBoost's missing. */
  static DMatrix matrix(Vectors rows, int from, int to) {
    long[] starts = new long[to - from + 1];
    for (int row = from; row < to; row++) {
      starts[row - from + 1] = starts[row - from] + rows.entries(row);
    }
    int entries = Math.toIntExact(starts[to - from]);
    int[] indices = new int[entries];
    float[] values = new float[entries];
    float[] labels = new float[to - from];
    int[] place = {0};
    for (int row = from; row < to; row++) {
      rows.each(
          row,
          (feature, value) -> {
            indices[place[0]] = feature;
            values[place[0]++] = value;
          });
      labels[row - from] = rows.actualClass(row);
    }
    try {
      DMatrix matrix =
          new DMatrix(starts, indices, values, DMatrix.SparseType.CSR, rows.features());
      matrix.setLabel(labels);
      return matrix;
    } catch (XGBoostError failed) {
      throw TreeTrainer.failure(failed);
    }
  }

  DMatrix matrix() {
    return matrix;
  }

  int features() {
    return features;
  }

  int rows() {
    return rows;
  }

  int classes() {
    return classes;
  }

  @Override
  public void close() {
    matrix.dispose();
  }
}
