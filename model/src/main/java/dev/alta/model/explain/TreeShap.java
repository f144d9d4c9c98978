package dev.alta.model.explain;

import dev.alta.model.kernel.VectorKeys;
import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/**
 * Exact Shapley values of one output of a forest, where what a tree would answer without a feature
 * is the average over its training rows that came this way (path-dependent TreeSHAP: Lundberg et
 * al. 2018, "Consistent individualized feature attribution for tree ensembles").
 *
 * <p>Computed not by that paper's algorithm, which costs a square of the depth for each leaf, but
 * from the integral form of the Shapley value (Owen 1972, "Multilinear extensions of games"). For a
 * leaf of value v, and for each feature i on its path the share z of the training rows that went
 * this way at its nodes and o = 1 if the row does, else 0,
 *
 * <pre>  contribution of i = v (o_i - z_i) ∫ Π_{j≠i} (z_j (1-t) + o_j t) dt,  t from 0 to 1</pre>
 *
 * <p>whose integrand is a polynomial in t with one degree less than there are features on the path;
 * {@link GaussLegendre} integrates it exactly from a few points (three at depth 6). As in Linear
 * TreeSHAP (Yu et al. 2022) the sums over leaves are made once for each subtree: down the tree the
 * products of what is above, up the tree the sums of what is below. Here a node takes both its ways
 * together: what the row multiplies by on the left and on the right adds up to 1, so that a node
 * costs some twenty multiplications and additions, no division and no branch.
 */
public final class TreeShap implements Contributions {
  private final ShapTree[] trees;
  private final int features;
  private final int groups;
  private final double expected;
  private final int mostNodes;

  private TreeShap(ShapTree[] trees, int[] groupOf, double base) {
    this.trees = trees;
    this.features = groupOf.length;
    this.groups = Arrays.stream(groupOf).max().orElse(-1) + 1;
    double sum = base;
    int nodes = 0;
    for (ShapTree tree : trees) {
      sum += tree.expected();
      nodes = Math.max(nodes, tree.nodes());
    }
    this.expected = sum;
    this.mostNodes = nodes;
  }

  /**
   * Prepares to explain an output.
   *
   * @param forest one that a {@link dev.alta.model.kernel.TreeKernel} has accepted
   * @param output which of its outputs
   * @param groupOf for each feature the number of the group it is counted to, from 0 on
   * @throws IllegalArgumentException if a node's cover is negative or no number; names it
   */
  public static TreeShap of(Forest forest, int output, int[] groupOf) {
    requireCovers(forest);
    ShapTree[] trees = new ShapTree[forest.getTreeRootCount()];
    int count = 0;
    for (int tree = 0; tree < forest.getTreeRootCount(); tree++) {
      if (forest.getTreeOutput(tree) == output) {
        trees[count++] = new ShapTree(forest, tree, groupOf);
      }
    }
    return new TreeShap(Arrays.copyOf(trees, count), groupOf, forest.getBase(output));
  }

  private static void requireCovers(Forest forest) {
    for (int node = 0; node < forest.getCoverCount(); node++) {
      float cover = forest.getCover(node);
      if (!(cover >= 0 && cover < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "forest: cover[" + node + "]: " + cover + " (expected: a number from 0 on)");
      }
    }
  }

  @Override
  public double expected() {
    return expected;
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public Scratch scratch() {
    return new Scratch(VectorKeys.length(features), mostNodes);
  }

  @Override
  public void contributions(float[] vector, Scratch scratch, double[] contributions) {
    Arrays.fill(contributions, 0, groups, 0);
    VectorKeys.write(vector, features, scratch.keys);
    for (ShapTree tree : trees) {
      tree.add(scratch.keys, scratch.tree, contributions);
    }
  }
}
