package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;

/**
 * Refuses a forest that could not be scored safely: wrong lengths, indices out of range, cycles,
 * nodes with two parents or none, numbers that are not finite.
 */
final class ForestCheck {
  static final int MOST_OUTPUTS = 1_024;
  static final int MOST_FEATURES = LinkedTrees.MOST_FEATURES;
  static final int MOST_NODES = 1 << 26;
  static final int MOST_NODES_OF_A_TREE = LinkedTrees.MOST_NODES;

  /** The deepest tree: to explain one costs by its depth, in time and in memory. */
  static final int DEEPEST = 100;

  /** The largest sum of an output; beyond, probabilities are 0 and 1 anyway. */
  static final double LARGEST_SUM = 1e30;

  private final Forest forest;
  private final int features;
  private final int nodes;
  private final int trees;

  private ForestCheck(Forest forest, int features) {
    this.forest = forest;
    this.features = features;
    this.nodes = forest.getFeatureCount();
    this.trees = forest.getTreeRootCount();
  }

  static void check(Forest forest, int features) {
    ForestCheck check = new ForestCheck(forest, features);
    check.sizes();
    check.base();
    int[] parents = new int[check.nodes];
    for (int tree = 0; tree < check.trees; tree++) {
      check.tree(tree, parents);
    }
    check.depths();
    check.sums();
  }

  private void depths() {
    int[] depths = TreeDepths.of(forest);
    for (int tree = 0; tree < trees; tree++) {
      between("depth of tree " + tree, depths[tree], 0, DEEPEST);
    }
  }

  /** What is infinite is no number any more once it is compared with another infinite one. */
  private void sums() {
    double[] largest = new double[forest.getOutputs()];
    for (int output = 0; output < largest.length; output++) {
      largest[output] = Math.abs(forest.getBase(output));
    }
    for (int tree = 0; tree < trees; tree++) {
      float largestLeaf = 0;
      for (int node = forest.getTreeRoot(tree); node < TreeDepths.end(forest, tree); node++) {
        largestLeaf =
            forest.getFeature(node) < 0
                ? Math.max(largestLeaf, Math.abs(forest.getValue(node)))
                : largestLeaf;
      }
      largest[forest.getTreeOutput(tree)] += largestLeaf;
    }
    for (int output = 0; output < largest.length; output++) {
      require(
          largest[output] <= LARGEST_SUM,
          "largest sum of output " + output,
          largest[output],
          "at most " + LARGEST_SUM);
    }
  }

  private void sizes() {
    between("outputs", forest.getOutputs(), 1, MOST_OUTPUTS);
    between("features", features, 1, MOST_FEATURES);
    between("nodes", nodes, 0, MOST_NODES);
    require(forest.getLink() == Link.SOFTMAX, "link", forest.getLink(), "SOFTMAX");
    length("base", forest.getBaseCount(), forest.getOutputs());
    length("tree_output", forest.getTreeOutputCount(), trees);
    length("value", forest.getValueCount(), nodes);
    length("left", forest.getLeftCount(), nodes);
    length("right", forest.getRightCount(), nodes);
    length("default_left", forest.getDefaultLeftCount(), nodes);
    length("cover", forest.getCoverCount(), nodes);
    require(trees > 0 || nodes == 0, "tree_root", "none", "a root for each tree");
  }

  private void base() {
    for (int i = 0; i < forest.getBaseCount(); i++) {
      finite("base", i, forest.getBase(i));
    }
  }

  private void tree(int tree, int[] parents) {
    int root = forest.getTreeRoot(tree);
    int end = tree + 1 < trees ? forest.getTreeRoot(tree + 1) : nodes;
    require(tree > 0 || root == 0, "tree_root[0]", root, "0");
    require(
        root >= 0 && root < end && end <= nodes,
        "tree_root[" + tree + "]",
        root,
        "below the next root and " + nodes + " nodes");
    between("nodes of tree " + tree, end - root, 1, MOST_NODES_OF_A_TREE);
    between("tree_output[" + tree + "]", forest.getTreeOutput(tree), 0, forest.getOutputs() - 1);
    for (int node = root; node < end; node++) {
      node(node, root, end, parents);
      // Children come after their parent, so all parents of this node have been seen.
      require(
          parents[node] == (node == root ? 0 : 1),
          "node " + node,
          parents[node] + " parents",
          node == root ? "0, it is a root" : "1");
    }
  }

  private void node(int node, int root, int end, int[] parents) {
    int feature = forest.getFeature(node);
    between("feature[" + node + "]", feature, -1, features - 1);
    finite("value", node, forest.getValue(node));
    if (feature < 0) {
      require(forest.getLeft(node) == 0, "left[" + node + "]", forest.getLeft(node), "0 at a leaf");
      require(
          forest.getRight(node) == 0, "right[" + node + "]", forest.getRight(node), "0 at a leaf");
      return;
    }
    int first = node - root + 1;
    int last = end - root - 1;
    between("left[" + node + "]", forest.getLeft(node), first, last);
    between("right[" + node + "]", forest.getRight(node), first, last);
    parents[root + forest.getLeft(node)]++;
    parents[root + forest.getRight(node)]++;
  }

  private static void length(String field, int found, int expected) {
    require(found == expected, "length of " + field, found, Integer.toString(expected));
  }

  private static void finite(String field, int index, float found) {
    require(Float.isFinite(found), field + "[" + index + "]", found, "a finite number");
  }

  private static void between(String field, int found, int smallest, int largest) {
    require(
        found >= smallest && found <= largest, field, found, "from " + smallest + " to " + largest);
  }

  private static void require(boolean holds, String field, Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "forest: " + field + ": " + found + " (expected: " + expected + ")");
    }
  }
}
