package dev.alta.training.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alta.model.explain.Contributions;
import dev.alta.model.explain.TreeShap;
import dev.alta.training.dataset.Vectors;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

/** The contributions that XGBoost computes itself are the reference. */
final class TreeShapAgainstXgboostTest {
  private static final int FEATURES = RandomVectors.FEATURES;
  private static final int CLASSES = 3;
  private static final int ROWS = 300;

  @Test
  void agreesWithTheContributionsThatXgboostComputes() throws Exception {
    TreeSettings settings = new TreeSettings(20, 0.3, 6, 1, 0.8, 0.8, 1, 64, 1);
    TrainedTrees trees = TreeTrainer.train(RandomVectors.of(3_000, 1), CLASSES, settings, 7);
    Vectors rows = RandomVectors.of(ROWS, 2);
    float[][] expected = contributionsOfXgboost(trees, rows);

    for (int output = 0; output < CLASSES; output++) {
      TreeShap shap = TreeShap.of(trees.forest(), output, IntStream.range(0, FEATURES).toArray());
      Contributions.Scratch scratch = shap.scratch();
      double[] found = new double[FEATURES];
      float[] vector = new float[FEATURES];
      for (int row = 0; row < ROWS; row++) {
        rows.copy(row, vector);
        shap.contributions(vector, scratch, found);
        int at = output * (FEATURES + 1);
        for (int feature = 0; feature < FEATURES; feature++) {
          assertThat(found[feature]).isCloseTo(expected[row][at + feature], within(2e-5));
        }
        assertThat(shap.expected()).isCloseTo(expected[row][at + FEATURES], within(2e-5));
      }
    }
  }

  private static float[][] contributionsOfXgboost(TrainedTrees trees, Vectors rows)
      throws Exception {
    List<String> names = IntStream.range(0, FEATURES).mapToObj(i -> "f" + i).toList();
    Booster booster =
        XGBoost.loadModel(new ByteArrayInputStream(trees.nativeJson(names).toByteArray()));
    float[] flat = new float[ROWS * FEATURES];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows.value(i / FEATURES, i % FEATURES);
    }
    return booster.predictContrib(new DMatrix(flat, ROWS, FEATURES, Float.NaN), 0);
  }
}
