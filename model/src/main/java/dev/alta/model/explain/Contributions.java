package dev.alta.model.explain;

import dev.alta.proto.v1.Model;

/**
 * How much each group of features moved one output of a model, in the unit of the margin: exact
 * Shapley values.
 *
 * <p>Immutable, safe for use by several threads, each with a {@link Scratch} of its own.
 */
public sealed interface Contributions permits TreeShap, LinearShap {
  /**
   * Prepares to explain an output.
   *
   * @param model one that a {@link dev.alta.model.kernel.Kernel} could be made of
   * @param output which of its outputs
   * @param groupOf for each feature the number of the group it is counted to, from 0 on
   * @throws IllegalArgumentException if what only explaining needs is malformed; names it
   */
  static Contributions of(Model model, int output, int[] groupOf) {
    return switch (model.getTrainedCase()) {
      case FOREST -> TreeShap.of(model.getForest(), output, groupOf);
      case LINEAR -> LinearShap.of(model.getLinear(), output, groupOf);
      case TRAINED_NOT_SET ->
          throw new IllegalArgumentException("trained: nothing (expected: forest or linear)");
    };
  }

  /** What one thread computes in. */
  final class Scratch {
    final int[] keys;
    final ShapTree.Scratch tree;

    Scratch(int keys, int nodes) {
      this.keys = new int[keys];
      this.tree = new ShapTree.Scratch(nodes);
    }
  }

  /** The margin without knowing anything of a row: what the contributions are added to. */
  double expected();

  /** How many groups of features there are. */
  int groups();

  Scratch scratch();

  /**
   * Writes the contribution of each group of features to the margin. With {@link #expected()} they
   * add up to it.
   *
   * @param vector the features, NaN where missing
   * @param contributions at least {@link #groups()} long; what it held is overwritten
   */
  void contributions(float[] vector, Scratch scratch, double[] contributions);
}
