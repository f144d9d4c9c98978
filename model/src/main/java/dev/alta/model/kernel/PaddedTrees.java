package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import java.util.Arrays;

/**
 * Trees filled up to full ones of one depth, as numbers of {@link Questions}, level by level: the
 * children of node n of a level are 2n and 2n+1 of the next one, so that no links are read and no
 * step branches.
 */
final class PaddedTrees implements TreeRun {
  /** The deepest trees that are filled up; each level doubles the memory. */
  static final int DEEPEST = 8;

  /** How many questions can be told apart. */
  static final int MOST_QUESTIONS = Character.MAX_VALUE + 1;

  // SPREAD[b]: bit i of b as the lowest bit of byte i.
  private static final long[] SPREAD = new long[1 << Byte.SIZE];

  static {
    for (int bits = 0; bits < SPREAD.length; bits++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        SPREAD[bits] |= (long) ((bits >> bit) & 1) << (bit * Byte.SIZE);
      }
    }
  }

  private final int trees;
  private final int depth;
  private final char[][] levels;
  private final float[] leaves;

  /**
   * Fills up.
   *
   * @param trees of the forest, eight or a multiple of it; some may be {@link TreeRun#NONE}
   * @param depth of the deepest of them, at most {@link #DEEPEST}
   * @param questions theirs, at most {@link #MOST_QUESTIONS}
   */
  PaddedTrees(Forest forest, int[] trees, int depth, Questions questions) {
    this.trees = trees.length;
    this.depth = depth;
    this.levels = new char[depth][];
    Arrays.setAll(levels, level -> new char[trees.length << level]);
    this.leaves = new float[trees.length << depth];
    Arrays.fill(leaves, -0f);
    for (int i = 0; i < trees.length; i++) {
      if (trees[i] != NONE) {
        int root = forest.getTreeRoot(trees[i]);
        fill(forest, questions, root, root, 0, i);
      }
    }
  }

  private void fill(Forest forest, Questions questions, int root, int node, int level, int place) {
    if (level == depth) {
      leaves[place] = forest.getValue(node);
      return;
    }
    boolean leaf = forest.getFeature(node) < 0;
    // Below a leaf, both ways lead to its value.
    int left = leaf ? node : root + forest.getLeft(node);
    int right = leaf ? node : root + forest.getRight(node);
    levels[level][place] = leaf ? 0 : (char) questions.of(forest, node);
    fill(forest, questions, root, left, level + 1, 2 * place);
    fill(forest, questions, root, right, level + 1, 2 * place + 1);
  }

  @Override
  public float add(Kernel.Scratch row, float before) {
    float sum = before;
    for (int tree = 0; tree < trees; tree += ABREAST) {
      sum = eight(tree, row.answers, sum);
    }
    return sum;
  }

  private float eight(int first, byte[] answers, float before) {
    int a = first;
    int b = first + 1;
    int c = first + 2;
    int d = first + 3;
    int e = first + 4;
    int f = first + 5;
    int g = first + 6;
    int h = first + 7;
    for (char[] level : levels) {
      a = 2 * a + answers[level[a]];
      b = 2 * b + answers[level[b]];
      c = 2 * c + answers[level[c]];
      d = 2 * d + answers[level[d]];
      e = 2 * e + answers[level[e]];
      f = 2 * f + answers[level[f]];
      g = 2 * g + answers[level[g]];
      h = 2 * h + answers[level[h]];
    }
    // From left to right, as sums of floats depend on their order.
    return before + leaves[a] + leaves[b] + leaves[c] + leaves[d] + leaves[e] + leaves[f]
        + leaves[g] + leaves[h];
  }

  /** What a block of rows is computed in. */
  static final class Slices {
    // For each node of a level, the rows that come to it.
    private final long[] here = new long[1 << DEEPEST];
    // For each level, the rows that go to the right.
    private final long[] right = new long[DEEPEST];
  }

  @Override
  public void add(Kernel.BlockScratch block, int rows) {
    for (int tree = 0; tree < trees; tree++) {
      walk(tree, block.answers, block.slices);
      addLeaves(tree << depth, rows, block.slices, block.sums);
    }
  }

  /** Which rows go to the right at each level: all rows at once, bit by bit. */
  private void walk(int tree, long[] answers, Slices slices) {
    long[] here = slices.here;
    here[0] = -1;
    for (int level = 0; level < depth; level++) {
      char[] questions = levels[level];
      int first = tree << level;
      long all = 0;
      // Backwards: the places of a node's children are those of nodes that are done.
      for (int node = (1 << level) - 1; node >= 0; node--) {
        long came = here[node];
        long right = came & answers[questions[first + node]];
        all |= right;
        here[2 * node + 1] = right;
        here[2 * node] = came ^ right;
      }
      slices.right[level] = all;
    }
  }

  /** Turns the bits of eight rows at a time into the numbers of their leaves, one in each byte. */
  private void addLeaves(int first, int rows, Slices slices, float[] sums) {
    for (int row = 0; row < rows; row += Byte.SIZE) {
      long places = 0;
      for (int level = 0; level < depth; level++) {
        places = (places << 1) | SPREAD[(int) (slices.right[level] >>> row) & 0xff];
      }
      sums[row] += leaves[first + (int) (places & 0xff)];
      sums[row + 1] += leaves[first + (int) ((places >>> 8) & 0xff)];
      sums[row + 2] += leaves[first + (int) ((places >>> 16) & 0xff)];
      sums[row + 3] += leaves[first + (int) ((places >>> 24) & 0xff)];
      sums[row + 4] += leaves[first + (int) ((places >>> 32) & 0xff)];
      sums[row + 5] += leaves[first + (int) ((places >>> 40) & 0xff)];
      sums[row + 6] += leaves[first + (int) ((places >>> 48) & 0xff)];
      sums[row + 7] += leaves[first + (int) (places >>> 56)];
    }
  }
}
