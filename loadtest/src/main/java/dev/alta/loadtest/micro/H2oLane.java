package dev.alta.loadtest.micro;

import biz.k11i.xgboost.Predictor;
import biz.k11i.xgboost.util.FVec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** H2O's predictor: plain Java, node by node, row by row. */
final class H2oLane implements Lane {
  private final Predictor predictor;
  private final FVec[] vectors;
  private final int rows;

  H2oLane(BoostedModel model, int rows) {
    try {
      this.predictor = new Predictor(new ByteArrayInputStream(model.legacy()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    this.vectors = new FVec[model.rows().length];
    for (int row = 0; row < vectors.length; row++) {
      vectors[row] = FVec.Transformer.fromArray(model.rows()[row], false);
    }
    this.rows = rows;
  }

  @Override
  public Object score(int block) {
    float[][] probabilities = new float[rows][];
    for (int row = 0; row < rows; row++) {
      probabilities[row] = predictor.predict(vectors[block * rows + row]);
    }
    return probabilities;
  }

  @Override
  public float[] read(Object scored) {
    return XgboostLane.flat((float[][]) scored);
  }
}
