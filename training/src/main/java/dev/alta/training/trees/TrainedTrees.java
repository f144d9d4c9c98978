package dev.alta.training.trees;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.Forest;
import dev.alta.training.dataset.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.Tribuo;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostModel;

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
     * @param probabilities of each class; used again for the next row
     */
    void accept(int row, double[] probabilities);
  }

  private final XGBoostModel<Label> model;
  private final int classes;
  private final XgboostDocument document;

  TrainedTrees(XGBoostModel<Label> model, int classes, byte[] json, int[] features) {
    this.model = model;
    this.classes = classes;
    this.document = XgboostDocument.parse(json, features);
  }

  /** Who trained them, with versions. */
  public String trainer() {
    return "XGBoost " + document.version() + " through Tribuo " + Tribuo.VERSION;
  }

  /**
   * The trees in the product's own form; features as in the vectors, classes as in the contract.
   */
  public Forest forest() {
    return ForestExport.of(document);
  }

  /** XGBoost's own JSON, with the features' names in it. */
  public ByteString nativeJson(List<String> featureNames) {
    return document.named(featureNames);
  }

  /** Lets the trainer predict all rows. */
  public void predict(Vectors rows, RowProbabilities probabilities) {
    TribuoRows examples = new TribuoRows(rows);
    for (int start = 0; start < rows.rows(); start += PORTION) {
      int end = Math.min(rows.rows(), start + PORTION);
      List<Example<Label>> portion = new ArrayList<>();
      for (int row = start; row < end; row++) {
        portion.add(examples.example(row));
      }
      List<Prediction<Label>> predictions = model.predict(portion);
      double[] found = new double[classes];
      for (int i = 0; i < predictions.size(); i++) {
        read(predictions.get(i), found);
        probabilities.accept(start + i, found);
      }
    }
  }

  private void read(Prediction<Label> prediction, double[] found) {
    Map<String, Label> scores = prediction.getOutputScores();
    for (int c = 0; c < classes; c++) {
      Label label = scores.get(Integer.toString(c));
      found[c] = label == null ? Double.NaN : label.getScore();
    }
  }
}
