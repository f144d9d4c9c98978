package dev.alta.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.model.kernel.RandomForests;
import dev.alta.model.kernel.TreeKernel;
import dev.alta.proto.v1.Forest;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TreeShapTest {
  private static final int FEATURES = 6;
  private static final int[] EACH = IntStream.range(0, FEATURES).toArray();

  private final SplittableRandom random = new SplittableRandom(1);
  private final RandomForests forests = new RandomForests(random, FEATURES);

  @Test
  void agreesWithShapleyValuesByTheirDefinition() {
    for (int round = 0; round < 150; round++) {
      Forest forest = covered(forests.next(2, 1 + random.nextInt(3), random.nextInt(10)));
      TreeShap shap = TreeShap.of(forest, 1, EACH);
      for (int row = 0; row < 5; row++) {
        float[] vector = forests.vector();
        double[] found = contributions(shap, vector);
        double[] expected = byDefinition(forest, 1, vector);
        for (int i = 0; i < FEATURES; i++) {
          assertThat(found[i]).isCloseTo(expected[i], within(1e-9));
        }
      }
    }
  }

  @Test
  void addsUpToTheMargin() {
    for (int round = 0; round < 100; round++) {
      Forest forest = covered(forests.next(3, 1 + random.nextInt(30), 1 + random.nextInt(12)));
      TreeKernel kernel = TreeKernel.of(forest, FEATURES);
      for (int output = 0; output < 3; output++) {
        TreeShap shap = TreeShap.of(forest, output, EACH);
        float[] vector = forests.vector();
        float[] margins = new float[3];
        kernel.margins(vector, margins);
        double sum = shap.expected();
        for (double contribution : contributions(shap, vector)) {
          sum += contribution;
        }
        assertThat(sum).isCloseTo(margins[output], within(1e-5));
      }
    }
  }

  @Test
  void countsTheFeaturesOfAGroupTogether() {
    Forest forest = covered(forests.next(1, 5, 6));
    float[] vector = forests.vector();
    double[] each = contributions(TreeShap.of(forest, 0, EACH), vector);
    double[] grouped = contributions(TreeShap.of(forest, 0, new int[] {0, 1, 1, 0, 1, 2}), vector);
    assertThat(grouped).hasSize(3);
    assertThat(grouped[0]).isCloseTo(each[0] + each[3], within(1e-12));
    assertThat(grouped[1]).isCloseTo(each[1] + each[2] + each[4], within(1e-12));
    assertThat(grouped[2]).isCloseTo(each[5], within(1e-12));
  }

  @Test
  void givesNothingToAFeatureThatNoTreeAsksFor() {
    Forest forest = covered(new RandomForests(random, 3).next(1, 5, 5));
    double[] found = contributions(TreeShap.of(forest, 0, EACH), forests.vector());
    assertThat(found[3]).isZero();
    assertThat(found[4]).isZero();
  }

  @Test
  void explainsAForestWithoutTrees() {
    Forest forest = forests.next(2, 0, 0);
    TreeShap shap = TreeShap.of(forest, 1, EACH);
    assertThat(shap.expected()).isEqualTo(forest.getBase(1));
    assertThat(contributions(shap, forests.vector())).containsOnly(0);
  }

  @Test
  void overwritesWhatTheContributionsHeld() {
    Forest forest = covered(forests.next(1, 3, 4));
    TreeShap shap = TreeShap.of(forest, 0, EACH);
    float[] vector = forests.vector();
    double[] expected = contributions(shap, vector);
    double[] used = {9, Double.NaN, 9, 9, 9, 9};
    Contributions.Scratch scratch = shap.scratch();
    shap.contributions(forests.vector(), scratch, used);
    shap.contributions(vector, scratch, used);
    assertThat(used).containsExactly(expected);
  }

  @Test
  void refusesCoversThatAreNone() {
    Forest forest = Forest.newBuilder(forests.next(1, 1, 3)).setCover(0, -1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeShap.of(forest, 0, EACH))
        .withMessage("forest: cover[0]: -1.0 (expected: a number from 0 on)");
  }

  private static double[] contributions(TreeShap shap, float[] vector) {
    double[] contributions = new double[shap.groups()];
    shap.contributions(vector, shap.scratch(), contributions);
    return contributions;
  }

  /** Gives the nodes covers that add up, some of them 0. */
  private Forest covered(Forest forest) {
    Forest.Builder covered = Forest.newBuilder(forest);
    for (int tree = forest.getTreeRootCount() - 1; tree >= 0; tree--) {
      int root = forest.getTreeRoot(tree);
      int end =
          tree + 1 < forest.getTreeRootCount()
              ? forest.getTreeRoot(tree + 1)
              : forest.getFeatureCount();
      for (int node = end - 1; node >= root; node--) {
        covered.setCover(
            node,
            forest.getFeature(node) < 0
                ? (random.nextInt(8) == 0 ? 0 : random.nextInt(1, 100))
                : covered.getCover(root + forest.getLeft(node))
                    + covered.getCover(root + forest.getRight(node)));
      }
    }
    return covered.build();
  }

  /** The average, over all orders of the features, of what each adds to those before it. */
  private static double[] byDefinition(Forest forest, int output, float[] vector) {
    double[] worth = new double[1 << FEATURES];
    for (int known = 0; known < worth.length; known++) {
      for (int tree = 0; tree < forest.getTreeRootCount(); tree++) {
        if (forest.getTreeOutput(tree) == output) {
          int root = forest.getTreeRoot(tree);
          worth[known] += expectation(forest, root, root, vector, known);
        }
      }
    }
    double[] values = new double[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      for (int known = 0; known < worth.length; known++) {
        if ((known & 1 << i) == 0) {
          int size = Integer.bitCount(known);
          double weight = factorial(size) * factorial(FEATURES - size - 1) / factorial(FEATURES);
          values[i] += weight * (worth[known | 1 << i] - worth[known]);
        }
      }
    }
    return values;
  }

  private static double expectation(Forest forest, int root, int node, float[] vector, int known) {
    int feature = forest.getFeature(node);
    if (feature < 0) {
      return forest.getValue(node);
    }
    int left = root + forest.getLeft(node);
    int right = root + forest.getRight(node);
    if ((known & 1 << feature) != 0) {
      float value = vector[feature];
      boolean goesLeft =
          Float.isNaN(value) ? forest.getDefaultLeft(node) : value < forest.getValue(node);
      return expectation(forest, root, goesLeft ? left : right, vector, known);
    }
    double cover = forest.getCover(node);
    double share = cover == 0 ? 0.5 : forest.getCover(left) / cover;
    return share * expectation(forest, root, left, vector, known)
        + (1 - share) * expectation(forest, root, right, vector, known);
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }
}
