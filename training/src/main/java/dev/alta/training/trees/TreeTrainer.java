package dev.alta.training.trees;

import dev.alta.training.dataset.Vectors;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains gradient boosted trees, one for each class and round, that end in a softmax.
 *
 * <p>Not through Tribuo's trainer: that makes an object of every value, of which a million rows
 * have 60 million, before it makes the array that XGBoost takes.
 */
public final class TreeTrainer {
  private static final Logger log = LoggerFactory.getLogger(TreeTrainer.class);

  private TreeTrainer() {}

  /**
   * Trains. The same rows, settings and seed give the same trees.
   *
   * @param classes how many there are; each must occur among the rows
   * @throws IllegalArgumentException if a class does not occur
   */
  public static TrainedTrees train(Vectors rows, int classes, TreeSettings settings, long seed) {
    log.info("growing {} x {} trees on {} rows", settings.treesOfClass(), classes, rows.rows());
    try (TreeRows matrix = new TreeRows(rows, classes)) {
      return new TrainedTrees(
          XGBoost.train(
              matrix.matrix(),
              parameters(settings, classes, seed),
              settings.rounds(),
              Map.of(),
              null,
              null));
    } catch (XGBoostError failed) {
      throw failure(failed);
    }
  }

  /** As XGBoost takes them. */
  static Map<String, Object> parameters(TreeSettings settings, int classes, long seed) {
    Map<String, Object> parameters = new HashMap<>(settings.asMap());
    parameters.remove("num_round");
    parameters.put("objective", "multi:softprob");
    parameters.put("num_class", Integer.toString(classes));
    // XGBoost's threads wait for each other by spinning: where anything else wants the processor,
    // two of them took ten times as long as one. And with one the trees are always the same. Two
    // processors are kept busy by growing two models.
    parameters.put("nthread", "1");
    parameters.put("seed", Long.toString(seed));
    parameters.put("verbosity", "0");
    return parameters;
  }

  static void requireAllClasses(Vectors rows, int classes) {
    long[] counts = rows.counts(classes);
    for (int c = 0; c < classes; c++) {
      if (counts[c] == 0) {
        throw new IllegalArgumentException(
            "class " + c + ": 0 of " + rows.rows() + " training rows (expected: at least 1)");
      }
    }
  }

  static IllegalStateException failure(XGBoostError failed) {
    return new IllegalStateException("XGBoost: " + failed.getMessage(), failed);
  }
}
