package dev.alta.model.tree;

import dev.alta.proto.v1.Forest;

/**
 * Trees of one depth, filled up to full ones, eight of them walked at a time: their steps do not
 * wait for each other, and no step branches.
 *
 * <p>Values and thresholds are compared as whole numbers in the order of the floats ({@link
 * VectorKeys}). The nodes of a tree lie level by level, so that the children of node n (from 1 on)
 * are 2n and 2n+1, and no links are read.
 */
final class PaddedTrees {
  /** The deepest trees that are filled up; each level doubles the memory. */
  static final int DEEPEST = 8;

  /** How many are walked at a time. */
  static final int ABREAST = 8;

  private final int depth;
  // For each tree, 2^depth entries of which the first one is not used: the place of the feature in
  // the keys in the upper half, the threshold's key in the lower one.
  private final long[] nodes;
  // For each tree, 2^depth leaves.
  private final float[] leaves;
  // For each tree, where its value is written.
  private final int[] slots;

  /**
   * Fills up trees.
   *
   * @param trees their numbers in the forest; must not be empty
   * @param spare slot for the trees that are missing to a multiple of eight
   */
  PaddedTrees(Forest forest, int depth, int[] trees, int spare) {
    int size = 1 << depth;
    int count = (trees.length + ABREAST - 1) / ABREAST * ABREAST;
    this.depth = depth;
    this.nodes = new long[count * size];
    this.leaves = new float[count * size];
    this.slots = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = i < trees.length ? trees[i] : spare;
      if (i < trees.length) {
        int root = forest.getTreeRoot(trees[i]);
        fill(forest, root, root, i * size, 1, depth);
      }
    }
  }

  private void fill(Forest forest, int root, int node, int base, int place, int levels) {
    boolean leaf = forest.getFeature(node) < 0;
    if (levels == 0) {
      leaves[base + place - (1 << depth)] = forest.getValue(node);
      return;
    }
    if (!leaf) {
      int key = VectorKeys.place(forest.getFeature(node), forest.getDefaultLeft(node));
      nodes[base + place] =
          (long) key << Integer.SIZE
              | Integer.toUnsignedLong(VectorKeys.key(forest.getValue(node)));
    }
    // Below a leaf, both ways lead to its value.
    fill(forest, root, leaf ? node : root + forest.getLeft(node), base, 2 * place, levels - 1);
    fill(forest, root, leaf ? node : root + forest.getRight(node), base, 2 * place + 1, levels - 1);
  }

  /** Writes the value that each tree has for the keys into its slot. */
  void values(int[] keys, float[] values) {
    for (int first = 0; first < slots.length; first += ABREAST) {
      eight(first, keys, values);
    }
  }

  private void eight(int first, int[] keys, float[] values) {
    long[] tree = nodes;
    int size = 1 << depth;
    int a = first * size;
    int b = a + size;
    int c = b + size;
    int d = c + size;
    int e = d + size;
    int f = e + size;
    int g = f + size;
    int h = g + size;
    int na = 1;
    int nb = 1;
    int nc = 1;
    int nd = 1;
    int ne = 1;
    int nf = 1;
    int ng = 1;
    int nh = 1;
    for (int level = 0; level < depth; level++) {
      na = 2 * na + right(tree[a + na], keys);
      nb = 2 * nb + right(tree[b + nb], keys);
      nc = 2 * nc + right(tree[c + nc], keys);
      nd = 2 * nd + right(tree[d + nd], keys);
      ne = 2 * ne + right(tree[e + ne], keys);
      nf = 2 * nf + right(tree[f + nf], keys);
      ng = 2 * ng + right(tree[g + ng], keys);
      nh = 2 * nh + right(tree[h + nh], keys);
    }
    // A leaf's place is its node's number less 2^depth.
    values[slots[first]] = leaves[a - size + na];
    values[slots[first + 1]] = leaves[b - size + nb];
    values[slots[first + 2]] = leaves[c - size + nc];
    values[slots[first + 3]] = leaves[d - size + nd];
    values[slots[first + 4]] = leaves[e - size + ne];
    values[slots[first + 5]] = leaves[f - size + nf];
    values[slots[first + 6]] = leaves[g - size + ng];
    values[slots[first + 7]] = leaves[h - size + nh];
  }

  /** 0 where the value is below the threshold, else 1. */
  private static int right(long node, int[] keys) {
    return 1 + (int) ((keys[(int) (node >>> Integer.SIZE)] - (long) (int) node) >> (Long.SIZE - 1));
  }
}
