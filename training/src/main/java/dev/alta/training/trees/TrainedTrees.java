package dev.alta.training.trees;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.Forest;
import dev.alta.training.dataset.Vectors;
import java.util.Collections;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trees as they were trained, with the trainer's own predictions. */
public final class TrainedTrees {
  /** Rows that are handed to the trainer at a time. */
  static final int PORTION = 4_000;

  /** Takes the trainer's probabilities of a row. */
  @FunctionalInterface
  public interface RowProbabilities {
    /**
     * Called row by row, in their order.
     *
     * @param probabilities of each class
     */
    void accept(int row, float[] probabilities);
  }

  private final Booster booster;
  private final XgboostDocument document;

  TrainedTrees(Booster booster) {
    this.booster = booster;
    this.document = XgboostDocument.parse(json(booster));
  }

  /** Who trained them, with the version. */
  public String trainer() {
    return "XGBoost " + document.version();
  }

  /**
   * The trees in the product's own form; features as in the vectors, classes as in the contract.
   */
  public Forest forest() {
    return ForestExport.of(document);
  }

  /** XGBoost's own JSON, with the features' names in it. */
  public ByteString nativeJson(List<String> featureNames) {
    try {
      booster.setFeatureNames(featureNames.toArray(String[]::new));
      booster.setFeatureTypes(
          Collections.nCopies(featureNames.size(), "float").toArray(String[]::new));
    } catch (XGBoostError failed) {
      throw TreeTrainer.failure(failed);
    }
    return ByteString.copyFrom(json(booster));
  }

  private static byte[] json(Booster booster) {
    try {
      return booster.toByteArray(XgboostDocument.FORMAT);
    } catch (XGBoostError failed) {
      throw TreeTrainer.failure(failed);
    }
  }

  /** Lets the trainer predict all rows. */
  public void predict(Vectors rows, RowProbabilities probabilities) {
    for (int start = 0; start < rows.rows(); start += PORTION) {
      float[][] found = predict(rows, start, Math.min(rows.rows(), start + PORTION));
      for (int i = 0; i < found.length; i++) {
        probabilities.accept(start + i, found[i]);
      }
    }
  }

  private float[][] predict(Vectors rows, int from, int to) {
    DMatrix portion = TreeRows.matrix(rows, from, to);
    try {
      return booster.predict(portion);
    } catch (XGBoostError failed) {
      throw TreeTrainer.failure(failed);
    } finally {
      portion.dispose();
    }
  }
}
