package dev.alta.training.live;

import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Model;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How much the columns matter to a model. Of trees: the share of all questions that they ask of the
 * rows they were grown on; a tree's cover of a node says how many rows came by. Of a linear model:
 * the share of the sizes of all weights, each times how far its feature deviates from its average.
 */
public final class ColumnWeights {
  private ColumnWeights() {}

  /** From column to share; the shares sum to 1, and columns without any are not there. */
  public static Map<String, Double> of(Model model) {
    Encoder encoder = model.getEncoder();
    double[] ofFeatures =
        switch (model.getTrainedCase()) {
          case FOREST -> covers(model.getForest(), encoder.getFeaturesCount());
          case LINEAR -> moves(model.getLinear());
          case TRAINED_NOT_SET -> new double[encoder.getFeaturesCount()];
        };
    double sum = Arrays.stream(ofFeatures).sum();
    Map<String, Double> shares = new HashMap<>();
    for (int feature = 0; feature < ofFeatures.length; feature++) {
      if (ofFeatures[feature] > 0) {
        String column = encoder.getFeatures(feature).getColumn();
        shares.merge(column, ofFeatures[feature] / sum, Double::sum);
      }
    }
    return shares;
  }

  private static double[] covers(Forest forest, int features) {
    double[] covers = new double[features];
    for (int node = 0; node < forest.getFeatureCount(); node++) {
      if (forest.getFeature(node) >= 0) {
        covers[forest.getFeature(node)] += forest.getCover(node);
      }
    }
    return covers;
  }

  private static double[] moves(Linear linear) {
    double[] moves = new double[linear.getMeanCount()];
    int outputs = linear.getBiasCount();
    for (int feature = 0; feature < moves.length; feature++) {
      double average = linear.getAverage(feature);
      // Scaled features deviate by 1; the others are 1 in a share of the rows, else 0.
      double deviation = linear.getDeviation(feature) > 0 ? 1 : Math.sqrt(average * (1 - average));
      for (int output = 0; output < outputs; output++) {
        moves[feature] += Math.abs(linear.getWeight(feature * outputs + output)) * deviation;
      }
    }
    return moves;
  }
}
