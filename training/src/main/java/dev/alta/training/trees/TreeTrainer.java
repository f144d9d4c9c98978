package dev.alta.training.trees;

import dev.alta.training.dataset.Vectors;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Trains gradient boosted trees, one for each class and round, that end in a softmax. */
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
    requireAllClasses(rows, classes);
    TribuoRows examples = new TribuoRows(rows);
    MutableDataset<Label> dataset =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(
                "clean_data", Instant.EPOCH.atOffset(ZoneOffset.UTC), new LabelFactory()),
            new LabelFactory());
    for (int row = 0; row < rows.rows(); row++) {
      dataset.add(examples.example(row));
    }
    log.info("growing {} x {} trees on {} rows", settings.treesOfClass(), classes, rows.rows());
    XGBoostModel<Label> model =
        new XGBoostClassificationTrainer(settings.rounds(), parameters(settings, classes, seed))
            .train(dataset);
    requireOwnOrder(model.getOutputIDInfo(), classes);
    return new TrainedTrees(model, classes, booster(model), TribuoRows.featuresOf(model));
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

  /** Tribuo numbers the classes itself; all that follows relies on the numbers being ours. */
  private static void requireOwnOrder(ImmutableOutputInfo<Label> info, int classes) {
    for (int c = 0; c < classes; c++) {
      int id = info.getID(TribuoRows.label(c));
      if (id != c) {
        throw new IllegalStateException("Tribuo's number of class " + c + ": " + id);
      }
    }
  }

  private static byte[] booster(XGBoostModel<Label> model) {
    try {
      return model.getInnerModels().get(0).toByteArray(XgboostDocument.FORMAT);
    } catch (XGBoostError failed) {
      throw failure(failed);
    }
  }

  static IllegalStateException failure(XGBoostError failed) {
    return new IllegalStateException("XGBoost: " + failed.getMessage(), failed);
  }
}
