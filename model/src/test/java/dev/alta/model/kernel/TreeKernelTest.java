package dev.alta.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
  void givesTheSameBitsForBlocksOfRowsAsRowByRow() {
    SplittableRandom random = new SplittableRandom(3);
    RandomForests forests = new RandomForests(random, FEATURES);
    for (int round = 0; round < 200; round++) {
      Forest forest = forests.next(1 + random.nextInt(4), random.nextInt(12), random.nextInt(11));
      TreeKernel kernel = TreeKernel.of(forest, FEATURES);
      Kernel.BlockScratch scratch = kernel.blockScratch();
      for (int rows : new int[] {1 + random.nextInt(23), 24 + random.nextInt(200), 64, 0}) {
        float[] vectors = new float[rows * FEATURES];
        float[] margins = new float[rows * forest.getOutputs()];
        float[] expected = new float[margins.length];
        for (int row = 0; row < rows; row++) {
          float[] vector = forests.vector();
          System.arraycopy(vector, 0, vectors, row * FEATURES, FEATURES);
          float[] walked = walk(forest, vector);
          System.arraycopy(walked, 0, expected, row * walked.length, walked.length);
        }
        kernel.margins(vectors, rows, scratch, margins);
        assertThat(margins).containsExactly(expected);
      }
    }
  }

  @Test
  void givesTheSameBitsWhereShallowAndDeepTreesFollowEachOther() {
    SplittableRandom random = new SplittableRandom(6);
    RandomForests forests = new RandomForests(random, FEATURES);
    for (int round = 0; round < 60; round++) {
      // Deep trees are rare, so that there are eights with none, one and several.
      Forest forest =
          forests.next(
              1 + random.nextInt(3),
              random.nextInt(90),
              () -> random.nextInt(12) == 0 ? 9 + random.nextInt(5) : random.nextInt(9));
      TreeKernel kernel = TreeKernel.of(forest, FEATURES);
      int rows = 70;
      float[] vectors = new float[rows * FEATURES];
      float[] margins = new float[rows * forest.getOutputs()];
      float[] ofRow = new float[forest.getOutputs()];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(forests.vector(), 0, vectors, row * FEATURES, FEATURES);
      }
      kernel.margins(vectors, rows, kernel.blockScratch(), margins);
      Kernel.Scratch scratch = kernel.scratch();
      for (int row = 0; row < rows; row++) {
        float[] vector = Arrays.copyOfRange(vectors, row * FEATURES, (row + 1) * FEATURES);
        float[] walked = walk(forest, vector);
        kernel.margins(vector, scratch, ofRow);
        assertThat(ofRow).containsExactly(walked);
        assertThat(Arrays.copyOfRange(margins, row * walked.length, (row + 1) * walked.length))
            .containsExactly(walked);
      }
    }
  }

  @Test
  void comesToTheLastLeafOfALongPath() {
    int depth = 70;
    Forest.Builder path = Forest.newBuilder().setOutputs(1).addBase(0).setLink(Link.SOFTMAX);
    path.addTreeOutput(0).addTreeRoot(0);
    for (int level = 0; level < depth; level++) {
      // Whoever reaches the threshold asks on, the others are at a leaf.
      path.addFeature(0).addValue(level).addLeft(2 * level + 1).addRight(2 * level + 2);
      path.addFeature(-1).addValue(-level).addLeft(0).addRight(0);
    }
    path.addFeature(-1).addValue(depth).addLeft(0).addRight(0);
    path.addAllDefaultLeft(Collections.nCopies(2 * depth + 1, false));
    path.addAllCover(Collections.nCopies(2 * depth + 1, 1f));
    TreeKernel kernel = TreeKernel.of(path.build(), 1);
    for (int value = -1; value <= depth; value++) {
      assertThat(margin(kernel, value)).isEqualTo(walk(path.build(), new float[] {value})[0]);
    }
    assertThat(margin(kernel, Float.NaN)).isEqualTo(depth);
  }

  @Test
  void keepsNothingOfARowForTheNext() {
    SplittableRandom random = new SplittableRandom(4);
    RandomForests forests = new RandomForests(random, FEATURES);
    Forest forest = forests.next(3, 40, 6);
    TreeKernel kernel = TreeKernel.of(forest, FEATURES);
    Kernel.Scratch scratch = kernel.scratch();
    float[] margins = new float[3];
    for (int row = 0; row < 2_000; row++) {
      float[] vector = forests.vector();
      kernel.margins(vector, scratch, margins);
      assertThat(margins).containsExactly(walk(forest, vector));
    }
  }

  @Test
  void scoresForestsWithMoreQuestionsThanCanBeNumbered() {
    SplittableRandom random = new SplittableRandom(5);
    Forest.Builder many = Forest.newBuilder().setOutputs(1).addBase(0).setLink(Link.SOFTMAX);
    int trees = 40_000;
    for (int tree = 0; tree < trees; tree++) {
      // Two thresholds of each tree, one of its own and one that all have.
      many.addTreeOutput(0).addTreeRoot(5 * tree);
      many.addAllFeature(List.of(0, -1, 1, -1, -1)).addAllLeft(List.of(1, 0, 3, 0, 0));
      many.addAllRight(List.of(2, 0, 4, 0, 0));
      many.addAllValue(List.of((float) tree, 1f, trees + 0.5f * tree, 2f, 3f));
      many.addAllDefaultLeft(Collections.nCopies(5, tree % 2 == 0));
      many.addAllCover(Collections.nCopies(5, 1f));
    }
    Forest forest = many.build();
    TreeKernel kernel = TreeKernel.of(forest, FEATURES);
    float[] vector = new float[FEATURES];
    float[] margins = new float[1];
    for (int row = 0; row < 20; row++) {
      vector[0] = random.nextInt(trees);
      vector[1] = row % 4 == 0 ? Float.NaN : trees + random.nextFloat() * trees / 2;
      kernel.margins(vector, margins);
      assertThat(margins).containsExactly(walk(forest, vector));
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
    Softmax.apply(margins);
    double sum = Math.exp(-2) + Math.exp(-1) + 1;
    assertThat((double) margins[0]).isCloseTo(Math.exp(-2) / sum, within(1e-7));
    assertThat((double) margins[1]).isCloseTo(Math.exp(-1) / sum, within(1e-7));
    assertThat((double) margins[2]).isCloseTo(1 / sum, within(1e-7));
  }

  @Test
  void staysFiniteForLargeMargins() {
    float[] margins = {1e30f, -1e30f, 1e30f};
    Softmax.apply(margins);
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
