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
    this.matrix = matrix(rows);
  }

  private static DMatrix matrix(Vectors rows) {
    long[] starts = new long[rows.rows() + 1];
    int[] indices = new int[rows.entries()];
    float[] values = new float[rows.entries()];
    float[] labels = new float[rows.rows()];
    int[] place = {0};
    for (int row = 0; row < rows.rows(); row++) {
      rows.each(
          row,
          (feature, value) -> {
            indices[place[0]] = feature;
            values[place[0]++] = value;
          });
      starts[row + 1] = place[0];
      labels[row] = rows.actualClass(row);
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
