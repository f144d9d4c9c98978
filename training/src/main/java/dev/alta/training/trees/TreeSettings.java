package dev.alta.training.trees;

import java.util.Map;
import java.util.TreeMap;

/**
 * How trees are grown. Names in brackets are XGBoost's.
 *
 * @param rounds of boosting; each adds {@code parallelTrees} trees for each class
 * @param learningRate share of each tree's answer that is added [eta]
 * @param maxDepth questions on the way to a leaf
 * @param minChildWeight least weight of the rows in a leaf [min_child_weight]
 * @param rowShare share of the rows that each tree sees [subsample]
 * @param featureShare share of the features that each tree sees [colsample_bytree]
 * @param lambda pulls the leaves towards 0
 * @param bins thresholds tried for each feature [max_bin]
 * @param parallelTrees 1 for boosting; many, with one round and a learning rate of 1, for a random
 *     forest [num_parallel_tree]
 */
public record TreeSettings(
    int rounds,
    double learningRate,
    int maxDepth,
    double minChildWeight,
    double rowShare,
    double featureShare,
    double lambda,
    int bins,
    int parallelTrees) {
  public TreeSettings {
    require("rounds", rounds, rounds > 0, "> 0");
    require("learningRate", learningRate, learningRate > 0 && learningRate <= 1, "> 0, <= 1");
    require("maxDepth", maxDepth, maxDepth > 0 && maxDepth <= 16, "1 to 16");
    require("minChildWeight", minChildWeight, minChildWeight >= 0, ">= 0");
    require("rowShare", rowShare, rowShare > 0 && rowShare <= 1, "> 0, <= 1");
    require("featureShare", featureShare, featureShare > 0 && featureShare <= 1, "> 0, <= 1");
    require("lambda", lambda, lambda >= 0, ">= 0");
    require("bins", bins, bins >= 2 && bins <= 1024, "2 to 1024");
    require("parallelTrees", parallelTrees, parallelTrees > 0, "> 0");
  }

  /** Good ones for the readmission data, found on its validation rows. */
  public static TreeSettings standard() {
    return new TreeSettings(150, 0.1, 5, 20, 0.8, 0.3, 5, 64, 1);
  }

  public TreeSettings withRounds(int newRounds) {
    return new TreeSettings(
        newRounds,
        learningRate,
        maxDepth,
        minChildWeight,
        rowShare,
        featureShare,
        lambda,
        bins,
        parallelTrees);
  }

  /** Trees for each class. */
  public int treesOfClass() {
    return rounds * parallelTrees;
  }

  /** All that decides the result, under XGBoost's names. */
  public Map<String, String> asMap() {
    Map<String, String> map = new TreeMap<>();
    map.put("num_round", Integer.toString(rounds));
    map.put("tree_method", "hist");
    map.put("eta", Double.toString(learningRate));
    map.put("max_depth", Integer.toString(maxDepth));
    map.put("min_child_weight", Double.toString(minChildWeight));
    map.put("subsample", Double.toString(rowShare));
    map.put("colsample_bytree", Double.toString(featureShare));
    map.put("lambda", Double.toString(lambda));
    map.put("max_bin", Integer.toString(bins));
    map.put("num_parallel_tree", Integer.toString(parallelTrees));
    return map;
  }

  private static void require(String field, Object value, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
    }
  }
}
