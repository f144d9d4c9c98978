package dev.alta.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.Forest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TreeKernelTest {
  private static final int FEATURES = 7;

  @Test
  void agreesWithAWalkOverTheForestToTheLastBit() {
    SplittableRandom random = new SplittableRandom(1);
    RandomForests forests = new RandomForests(random, FEATURES);
    for (int round = 0; round < 300; round++) {
      Forest forest = forests.next(1 + random.nextInt(4), random.nextInt(12), random.nextInt(13));
      TreeKernel kernel = TreeKernel.of(forest, FEATURES);
      for (int row = 0; row < 20; row++) {
        float[] vector = forests.vector();
        float[] margins = new float[forest.getOutputs()];
        kernel.margins(vector, margins);
        assertThat(margins).containsExactly(walk(forest, vector));
      }
    }
  }

  @Test
  void overwritesWhatTheMarginsHeld() {
    Forest forest = new RandomForests(new SplittableRandom(2), FEATURES).next(2, 3, 4);
    TreeKernel kernel = TreeKernel.of(forest, FEATURES);
    float[] first = new float[2];
    kernel.margins(new float[FEATURES], first);
    float[] second = {99, Float.NaN};
    kernel.margins(new float[FEATURES], second);
    assertThat(second).containsExactly(first);
  }

  @Test
  void goesLeftBelowTheThresholdAndRightAtIt() {
    TreeKernel kernel = TreeKernel.of(stump(0.5f, true), 1);
    assertThat(margin(kernel, Math.nextDown(0.5f))).isEqualTo(-1f);
    assertThat(margin(kernel, 0.5f)).isEqualTo(2f);
    assertThat(margin(kernel, Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(margin(kernel, Float.POSITIVE_INFINITY)).isEqualTo(2f);
  }

  @Test
  void goesTheDefaultWayWhereTheValueIsMissing() {
    assertThat(margin(TreeKernel.of(stump(0.5f, true), 1), Float.NaN)).isEqualTo(-1f);
    assertThat(margin(TreeKernel.of(stump(0.5f, false), 1), Float.NaN)).isEqualTo(2f);
  }

  @Test
  void takesNegativeZeroForZero() {
    assertThat(margin(TreeKernel.of(stump(0f, true), 1), -0f)).isEqualTo(2f);
    assertThat(margin(TreeKernel.of(stump(-0f, true), 1), 0f)).isEqualTo(2f);
  }

  @Test
  void answersTheBaseWithoutTrees() {
    Forest forest =
        Forest.newBuilder(stump(0, true))
            .clearTreeRoot()
            .clearTreeOutput()
            .clearFeature()
            .clearValue()
            .clearLeft()
            .clearRight()
            .clearDefaultLeft()
            .clearCover()
            .setBase(0, 0.25f)
            .build();
    assertThat(margin(TreeKernel.of(forest, 1), 3)).isEqualTo(0.25f);
  }

  @Test
  void turnsMarginsIntoProbabilities() {
    float[] margins = {1f, 2f, 3f};
    TreeKernel.softmax(margins);
    double sum = Math.exp(-2) + Math.exp(-1) + 1;
    assertThat((double) margins[0]).isCloseTo(Math.exp(-2) / sum, within(1e-7));
    assertThat((double) margins[1]).isCloseTo(Math.exp(-1) / sum, within(1e-7));
    assertThat((double) margins[2]).isCloseTo(1 / sum, within(1e-7));
  }

  @Test
  void staysFiniteForLargeMargins() {
    float[] margins = {1e30f, -1e30f, 1e30f};
    TreeKernel.softmax(margins);
    assertThat(margins).containsExactly(0.5f, 0f, 0.5f);
  }

  private static float margin(TreeKernel kernel, float value) {
    float[] margins = new float[1];
    kernel.margins(new float[] {value}, margins);
    return margins[0];
  }

  /** One tree: -1 to the left, 2 to the right. */
  private static Forest stump(float threshold, boolean defaultLeft) {
    return Stumps.of(threshold, defaultLeft, -1f, 2f);
  }

  private static float[] walk(Forest forest, float[] vector) {
    float[] sums = new float[forest.getOutputs()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = forest.getBase(i);
    }
    for (int tree = 0; tree < forest.getTreeRootCount(); tree++) {
      int root = forest.getTreeRoot(tree);
      sums[forest.getTreeOutput(tree)] += walk(forest, root, root, vector);
    }
    return sums;
  }

  private static float walk(Forest forest, int root, int node, float[] vector) {
    int feature = forest.getFeature(node);
    if (feature < 0) {
      return forest.getValue(node);
    }
    float value = vector[feature];
    boolean left = Float.isNaN(value) ? forest.getDefaultLeft(node) : value < forest.getValue(node);
    int child = left ? forest.getLeft(node) : forest.getRight(node);
    return walk(forest, root, root + child, vector);
  }
}
