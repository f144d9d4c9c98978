package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** Makes forests of any shape, their nodes in pre-order, with thresholds from a few values. */
public final class RandomForests {
  static final float[] VALUES = {
    -3.5f, -1f, -0f, 0f, Float.MIN_VALUE, 0.1f, 1f, 1.0000001f, 7f, Float.MAX_VALUE
  };

  private record Node(int feature, float value, int left, int right, boolean defaultLeft) {}

  private final RandomGenerator random;
  private final int features;

  public RandomForests(RandomGenerator random, int features) {
    this.random = random;
    this.features = features;
  }

  public Forest next(int outputs, int trees, int depth) {
    return next(outputs, trees, () -> depth);
  }

  /** Trees as deep as they are told one by one, or less. */
  Forest next(int outputs, int trees, IntSupplier depth) {
    Forest.Builder forest = Forest.newBuilder().setOutputs(outputs).setLink(Link.SOFTMAX);
    for (int i = 0; i < outputs; i++) {
      forest.addBase(random.nextFloat());
    }
    for (int i = 0; i < trees; i++) {
      List<Node> nodes = new ArrayList<>();
      grow(nodes, depth.getAsInt());
      forest.addTreeOutput(random.nextInt(outputs)).addTreeRoot(forest.getFeatureCount());
      for (Node node : nodes) {
        forest
            .addFeature(node.feature())
            .addValue(node.value())
            .addLeft(node.left())
            .addRight(node.right())
            .addDefaultLeft(node.defaultLeft())
            .addCover(1);
      }
    }
    return forest.build();
  }

  public float[] vector() {
    float[] vector = new float[features];
    for (int i = 0; i < features; i++) {
      vector[i] =
          switch (random.nextInt(6)) {
            case 0 -> Float.NaN;
            case 1 -> Float.POSITIVE_INFINITY;
            case 2 -> Float.NEGATIVE_INFINITY;
            case 3 -> random.nextFloat() * 4 - 2;
            default -> VALUES[random.nextInt(VALUES.length)];
          };
    }
    return vector;
  }

  private int grow(List<Node> nodes, int depth) {
    int index = nodes.size();
    if (depth == 0 || random.nextInt(5) == 0) {
      nodes.add(new Node(-1, random.nextFloat() * 2 - 1, 0, 0, false));
      return index;
    }
    nodes.add(new Node(-1, 0, 0, 0, false));
    int left = grow(nodes, depth - 1);
    int right = grow(nodes, depth - 1);
    nodes.set(
        index,
        new Node(
            random.nextInt(features),
            VALUES[random.nextInt(VALUES.length)],
            left,
            right,
            random.nextBoolean()));
    return index;
  }
}
