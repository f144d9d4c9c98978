package dev.alta.training.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.model.kernel.Softmax;
import dev.alta.model.kernel.TreeKernel;
import dev.alta.proto.v1.Forest;
import dev.alta.training.dataset.Vectors;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

final class TreeTrainerTest {
  private static final TreeSettings SETTINGS = new TreeSettings(20, 0.3, 5, 1, 0.8, 0.8, 1, 64, 1);
  private static final int FEATURES = RandomVectors.FEATURES;

  private final Vectors training = RandomVectors.of(3_000, 1);
  private final Vectors others = RandomVectors.of(TrainedTrees.PORTION + 1_000, 2);

  @Test
  void growsTreesThatTheKernelComputesLikeTheTrainer() {
    TrainedTrees trees = TreeTrainer.train(training, 3, SETTINGS, 7);
    TreeKernel kernel = TreeKernel.of(trees.forest(), FEATURES);
    AtomicInteger rows = new AtomicInteger();
    trees.predict(
        others,
        (row, expected) -> {
          assertThat(row).isEqualTo(rows.getAndIncrement());
          float[] found = probabilities(kernel, row);
          for (int c = 0; c < 3; c++) {
            assertThat((double) found[c]).isCloseTo(expected[c], within(1e-6));
          }
        });
    assertThat(rows).hasValue(others.rows());
    assertThat(kernel.trees()).isEqualTo(60);
  }

  @Test
  void findsTheSignal() {
    TreeKernel kernel =
        TreeKernel.of(TreeTrainer.train(training, 3, SETTINGS, 7).forest(), FEATURES);
    int right = 0;
    for (int row = 0; row < others.rows(); row++) {
      float[] found = probabilities(kernel, row);
      int best = found[0] >= Math.max(found[1], found[2]) ? 0 : found[1] >= found[2] ? 1 : 2;
      right += best == others.actualClass(row) ? 1 : 0;
    }
    assertThat((double) right / others.rows()).isGreaterThan(0.75);
  }

  @Test
  void growsTheSameTreesFromTheSameSeed() {
    Forest one = TreeTrainer.train(training, 3, SETTINGS, 7).forest();
    Forest again = TreeTrainer.train(training, 3, SETTINGS, 7).forest();
    Forest otherSeed = TreeTrainer.train(training, 3, SETTINGS, 8).forest();
    assertThat(again).isEqualTo(one);
    assertThat(otherSeed).isNotEqualTo(one);
  }

  @Test
  void growsTheSameTreesInPartsAsAtOnce() {
    Forest atOnce = TreeTrainer.train(training, 3, SETTINGS, 7).forest();
    List<Forest> parts = inParts(8, 20);
    assertThat(parts.get(0).getTreeRootCount()).isEqualTo(8 * 3);
    assertThat(parts.get(0).getBaseList()).isEqualTo(atOnce.getBaseList());
    assertThat(parts.get(1).getBaseList()).containsOnly(0f);
    List<Float> values = new ArrayList<>();
    parts.forEach(part -> values.addAll(part.getValueList()));
    assertThat(values).isEqualTo(atOnce.getValueList());
    List<Integer> outputs = new ArrayList<>();
    parts.forEach(part -> outputs.addAll(part.getTreeOutputList()));
    assertThat(outputs).isEqualTo(atOnce.getTreeOutputList());
  }

  private List<Forest> inParts(int... rounds) {
    List<Forest> parts = new ArrayList<>();
    try (TreeRows rows = new TreeRows(training, 3);
        GrowingTrees growing = new GrowingTrees(rows, SETTINGS, 7)) {
      for (int upTo : rounds) {
        growing.growTo(upTo);
        parts.add(growing.takeNew());
      }
    }
    return parts;
  }

  @Test
  void growsARandomForestWhoseTreesDoNotBuildOnEachOther() {
    TreeSettings forest = new TreeSettings(1, 1, 8, 5, 0.7, 0.5, 1, 64, 30);
    TrainedTrees trees = TreeTrainer.train(training, 3, forest, 7);
    assertThat(trees.forest().getTreeRootCount()).isEqualTo(90);
    TreeKernel kernel = TreeKernel.of(trees.forest(), FEATURES);
    trees.predict(
        others,
        (row, expected) -> {
          float[] found = probabilities(kernel, row);
          for (int c = 0; c < 3; c++) {
            assertThat((double) found[c]).isCloseTo(expected[c], within(1e-6));
          }
        });
  }

  @Test
  void keepsANativeModelThatXgboostReads() throws Exception {
    TrainedTrees trees = TreeTrainer.train(training, 3, SETTINGS, 7);
    byte[] json = trees.nativeJson(List.of("a", "b=1", "c", "d", "e", "f")).toByteArray();
    Booster booster = XGBoost.loadModel(new ByteArrayInputStream(json));
    float[][] found = booster.predict(new DMatrix(flat(), others.rows(), FEATURES, Float.NaN));
    trees.predict(
        others,
        (row, expected) -> {
          for (int c = 0; c < 3; c++) {
            assertThat((double) found[row][c]).isCloseTo(expected[c], within(1e-6));
          }
        });
    assertThat(trees.nativeJson(List.of("a", "b=1", "c", "d", "e", "f")).toStringUtf8())
        .contains("\"feature_names\":[\"a\",\"b=1\",\"c\",\"d\",\"e\",\"f\"]");
  }

  @Test
  void keepsItsPlaceForAFeatureThatIsAlwaysMissing() throws Exception {
    Vectors holed = new Vectors(FEATURES, training.rows());
    float[] vector = new float[FEATURES];
    for (int row = 0; row < training.rows(); row++) {
      training.copy(row, vector);
      vector[1] = Float.NaN;
      holed.add(vector, training.actualClass(row));
    }
    TrainedTrees trees = TreeTrainer.train(holed, 3, SETTINGS, 7);
    assertThat(trees.forest().getFeatureList()).contains(0, 2, 3, 4, 5).doesNotContain(1);
    TreeKernel kernel = TreeKernel.of(trees.forest(), FEATURES);
    byte[] json = trees.nativeJson(List.of("a", "b", "c", "d", "e", "f")).toByteArray();
    Booster booster = XGBoost.loadModel(new ByteArrayInputStream(json));
    float[][] found = booster.predict(new DMatrix(flat(), others.rows(), FEATURES, Float.NaN));
    for (int row = 0; row < others.rows(); row++) {
      assertThat(probabilities(kernel, row)).containsExactly(found[row], within(1e-6f));
    }
  }

  @Test
  void refusesAClassThatDoesNotOccur() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeTrainer.train(training, 4, SETTINGS, 7))
        .withMessage("class 3: 0 of 3000 training rows (expected: at least 1)");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withRounds(0))
        .withMessage("rounds: 0 (expected: > 0)");
  }

  private float[] probabilities(TreeKernel kernel, int row) {
    float[] vector = new float[FEATURES];
    others.copy(row, vector);
    float[] outputs = new float[3];
    kernel.margins(vector, outputs);
    Softmax.apply(outputs);
    return outputs;
  }

  private float[] flat() {
    float[] flat = new float[others.rows() * FEATURES];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = others.value(i / FEATURES, i % FEATURES);
    }
    return flat;
  }
}
