package dev.alta.loadtest.micro;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost for Java, without a matrix of its own for each call. */
final class XgboostLane implements Lane {
  private final Booster booster;
  private final float[][] blocks;
  private final int rows;
  private final int features;

  XgboostLane(BoostedModel model, int rows) {
    this.booster = booster(model);
    this.blocks = model.blocks(rows);
    this.rows = rows;
    this.features = model.features();
  }

  static Booster booster(BoostedModel model) {
    try {
      Booster booster = XGBoost.loadModel(new ByteArrayInputStream(model.json()));
      booster.setParam("nthread", 1);
      return booster;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (XGBoostError failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public Object score(int block) {
    try {
      return booster.inplace_predict(blocks[block], rows, features, Float.NaN);
    } catch (XGBoostError failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public float[] read(Object scored) {
    return flat((float[][]) scored);
  }

  static float[] flat(float[][] byRow) {
    float[] flat = new float[byRow.length * byRow[0].length];
    for (int row = 0; row < byRow.length; row++) {
      System.arraycopy(byRow[row], 0, flat, row * byRow[row].length, byRow[row].length);
    }
    return flat;
  }
}
