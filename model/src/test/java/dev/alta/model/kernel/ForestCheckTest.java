package dev.alta.model.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ForestCheckTest {
  @Test
  void acceptsWhatIsWellFormed() {
    assertThatCode(() -> TreeKernel.of(Stumps.of(1, true, 2, 3), 1)).doesNotThrowAnyException();
  }

  @Test
  void refusesArraysOfDifferentLengths() {
    refuses(forest -> forest.addValue(1), "forest: length of value: 4 (expected: 3)");
    refuses(forest -> forest.addLeft(0), "forest: length of left: 4 (expected: 3)");
    refuses(forest -> forest.clearRight(), "forest: length of right: 0 (expected: 3)");
    refuses(forest -> forest.clearDefaultLeft(), "length of default_left: 0");
    refuses(forest -> forest.clearCover(), "length of cover: 0");
    refuses(forest -> forest.addBase(1), "length of base: 2 (expected: 1)");
    refuses(forest -> forest.addTreeOutput(0), "length of tree_output: 2 (expected: 1)");
  }

  @Test
  void refusesFeaturesThatTheVectorDoesNotHave() {
    refuses(forest -> forest.setFeature(0, 1), "feature[0]: 1 (expected: from -1 to 0)");
    refuses(forest -> forest.setFeature(0, -2), "feature[0]: -2");
  }

  @Test
  void refusesVectorsLongerThanANodeCanTell() {
    Forest forest = Stumps.of(1, true, 2, 3);
    assertThatCode(() -> TreeKernel.of(forest, 8_191)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeKernel.of(forest, 8_192))
        .withMessage("forest: features: 8192 (expected: from 1 to 8191)");
  }

  @Test
  void refusesCyclesAndSharedChildren() {
    refuses(forest -> forest.setLeft(0, 0), "left[0]: 0 (expected: from 1 to 2)");
    refuses(forest -> forest.setRight(0, -1), "right[0]: -1");
    refuses(forest -> forest.setRight(0, 3), "right[0]: 3 (expected: from 1 to 2)");
    refuses(forest -> forest.setRight(0, 1), "node 1: 2 parents (expected: 1)");
    refuses(forest -> forest.setLeft(1, 2), "left[1]: 2 (expected: 0 at a leaf)");
  }

  @Test
  void refusesNodesThatNothingLeadsTo() {
    refuses(forest -> forest.setFeature(0, -1).setLeft(0, 0).setRight(0, 0), "node 1: 0 parents");
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    refuses(forest -> forest.setValue(0, Float.NaN), "value[0]: NaN (expected: a finite number)");
    refuses(forest -> forest.setValue(2, Float.POSITIVE_INFINITY), "value[2]: Infinity");
    refuses(forest -> forest.setBase(0, Float.NaN), "base[0]: NaN");
  }

  @Test
  void refusesTreesSoDeepThatNobodyCouldExplainThem() {
    assertThatCode(() -> TreeKernel.of(chain(100), 1)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeKernel.of(chain(101), 1))
        .withMessage("forest: depth of tree 0: 101 (expected: from 0 to 100)");
  }

  /** One tree that is a single path to the right. */
  private static Forest chain(int depth) {
    Forest.Builder forest =
        Forest.newBuilder().setOutputs(1).addBase(0).setLink(Link.SOFTMAX).addTreeOutput(0);
    forest.addTreeRoot(0);
    for (int level = 0; level < depth; level++) {
      forest.addFeature(0).addValue(level).addLeft(2 * level + 1).addRight(2 * level + 2);
      forest.addFeature(-1).addValue(0).addLeft(0).addRight(0);
    }
    forest.addFeature(-1).addValue(1).addLeft(0).addRight(0);
    return forest
        .addAllDefaultLeft(Collections.nCopies(2 * depth + 1, false))
        .addAllCover(Collections.nCopies(2 * depth + 1, 1f))
        .build();
  }

  @Test
  void refusesSumsThatMayBecomeInfinite() {
    refuses(forest -> forest.setValue(1, -2e30f), "forest: largest sum of output 0: ");
    refuses(forest -> forest.setBase(0, 2e30f), "largest sum of output 0");
  }

  @Test
  void refusesRootsOutOfPlace() {
    refuses(forest -> forest.setTreeRoot(0, 1), "tree_root[0]: 1");
    refuses(forest -> forest.addTreeRoot(0).addTreeOutput(0), "tree_root[0]: 0");
    refuses(forest -> forest.addTreeRoot(3).addTreeOutput(0), "tree_root[1]: 3");
    refuses(forest -> forest.addTreeRoot(-1).addTreeOutput(0), "tree_root[0]: 0");
    refuses(forest -> forest.clearTreeRoot().clearTreeOutput(), "tree_root: none");
  }

  @Test
  void refusesOutputsOutOfRange() {
    refuses(forest -> forest.setOutputs(0), "outputs: 0 (expected: from 1 to 1024)");
    refuses(forest -> forest.setOutputs(1 << 30), "outputs: 1073741824");
    refuses(forest -> forest.setTreeOutput(0, 1), "tree_output[0]: 1 (expected: from 0 to 0)");
    refuses(forest -> forest.setLink(Link.LINK_UNSPECIFIED), "link: LINK_UNSPECIFIED");
  }

  @Test
  void neverRunsAwayOnAForestWithChangedNumbers() {
    SplittableRandom random = new SplittableRandom(3);
    RandomForests forests = new RandomForests(random, 3);
    for (int round = 0; round < 3_000; round++) {
      Forest.Builder forest = forests.next(2, 3, 4).toBuilder();
      int node = random.nextInt(forest.getFeatureCount());
      switch (random.nextInt(4)) {
        case 0 -> forest.setLeft(node, random.nextInt(-2, 40));
        case 1 -> forest.setRight(node, random.nextInt(-2, 40));
        case 2 -> forest.setFeature(node, random.nextInt(-3, 5));
        default -> forest.setTreeRoot(random.nextInt(3), random.nextInt(-2, 40));
      }
      scoreOrRefuse(forest.build(), forests.vector());
    }
  }

  private static void scoreOrRefuse(Forest forest, float[] vector) {
    TreeKernel kernel;
    try {
      kernel = TreeKernel.of(forest, 3);
    } catch (IllegalArgumentException refused) {
      return;
    }
    kernel.margins(vector, new float[2]);
  }

  private static void refuses(Consumer<Forest.Builder> change, String message) {
    Forest.Builder forest = Stumps.of(0.5f, true, -1, 1).toBuilder();
    change.accept(forest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeKernel.of(forest.build(), 1))
        .withMessageContaining(message);
  }
}
