package dev.alta.training.live;

import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Model;
import java.util.HashMap;
import java.util.Map;

/**
 * How much the columns matter to a model: the share of all questions that its trees ask of the rows
 * they were grown on. A tree's cover of a node says how many rows came by.
 */
public final class ColumnWeights {
  private ColumnWeights() {}

  /** From column to share; the shares sum to 1, and columns that no tree asks for are not there. */
  public static Map<String, Double> of(Model model) {
    Encoder encoder = model.getEncoder();
    Forest forest = model.getForest();
    Map<String, Double> covers = new HashMap<>();
    double all = 0;
    for (int node = 0; node < forest.getFeatureCount(); node++) {
      int feature = forest.getFeature(node);
      if (feature >= 0) {
        double cover = forest.getCover(node);
        covers.merge(encoder.getFeatures(feature).getColumn(), cover, Double::sum);
        all += cover;
      }
    }
    double sum = all;
    covers.replaceAll((column, cover) -> cover / sum);
    return covers;
  }
}
