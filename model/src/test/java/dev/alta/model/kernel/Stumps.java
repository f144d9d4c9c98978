package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;

/** Makes the smallest forest that asks anything: one output, one tree, one question. */
final class Stumps {
  private Stumps() {}

  static Forest of(float threshold, boolean defaultLeft, float left, float right) {
    Forest.Builder forest =
        Forest.newBuilder().setOutputs(1).addBase(0).addTreeOutput(0).addTreeRoot(0);
    forest.addFeature(0).addValue(threshold).addLeft(1).addRight(2).addDefaultLeft(defaultLeft);
    forest.addFeature(-1).addValue(left).addLeft(0).addRight(0).addDefaultLeft(false);
    forest.addFeature(-1).addValue(right).addLeft(0).addRight(0).addDefaultLeft(false);
    return forest.addCover(2).addCover(1).addCover(1).setLink(Link.SOFTMAX).build();
  }
}
