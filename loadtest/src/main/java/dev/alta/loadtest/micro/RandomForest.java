package dev.alta.loadtest.micro;

import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import java.util.Collections;
import java.util.SplittableRandom;

/** A forest of full trees that ask random features about random thresholds. */
public final class RandomForest {
  private RandomForest() {}

  /** {@code trees} trees of {@code depth} questions each, adding to {@code outputs} in turn. */
  public static Forest of(
      int outputs, int trees, int depth, int features, SplittableRandom random) {
    Forest.Builder forest =
        Forest.newBuilder()
            .setOutputs(outputs)
            .setLink(Link.SOFTMAX)
            .addAllBase(Collections.nCopies(outputs, 0.5f));
    int inner = (1 << depth) - 1;
    for (int tree = 0; tree < trees; tree++) {
      forest.addTreeOutput(tree % outputs).addTreeRoot(forest.getFeatureCount());
      for (int node = 0; node < 2 * inner + 1; node++) {
        boolean leaf = node >= inner;
        forest
            .addFeature(leaf ? -1 : random.nextInt(features))
            .addValue(leaf ? (float) random.nextDouble(-0.1, 0.1) : (float) random.nextDouble(2))
            .addLeft(leaf ? 0 : 2 * node + 1)
            .addRight(leaf ? 0 : 2 * node + 2)
            .addDefaultLeft(random.nextBoolean())
            // Half of the rows go each way.
            .addCover(1 << (depth - level(node)));
      }
    }
    return forest.build();
  }

  private static int level(int node) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(node + 1);
  }
}
