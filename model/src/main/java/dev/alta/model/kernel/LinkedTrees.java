package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Trees of any depth, eight bytes for a node. Two children lie side by side; what follows the child
 * that more training rows came to lies next to it.
 *
 * <p>A node is, from the highest bit on: the largest key that goes left, 32 bits (of a leaf its
 * value); how far away the left child is; which of the row's {@link VectorKeys} is compared. A leaf
 * compares what is always smallest and leads to itself, so that no step branches.
 */
final class LinkedTrees implements TreeRun {
  /** Bits that say which key a node compares; the rest of 32 says how far away its child is. */
  private static final int KEY_BITS = 14;

  private static final int KEY = (1 << KEY_BITS) - 1;

  /** The longest vectors. */
  static final int MOST_FEATURES = KEY / 2;

  /** How many nodes a tree can have. */
  static final int MOST_NODES = 1 << (Integer.SIZE - KEY_BITS);

  /** After so many steps it is looked whether all trees have come to a leaf. */
  private static final int STRETCH = 16;

  // Of each eight trees first the roots, then what is below them, tree by tree.
  private final long[] nodes;
  // For each eight, where its roots are.
  private final int[] eights;
  private final int depth;

  /**
   * Lays out.
   *
   * @param trees of the forest, eight or a multiple of it; some may be {@link TreeRun#NONE}
   * @param depth of the deepest of them
   * @param features length of the vectors, at most {@link #MOST_FEATURES}
   */
  LinkedTrees(Forest forest, int[] trees, int depth, int features) {
    this.depth = depth;
    this.eights = new int[trees.length / ABREAST];
    Laying laying = new Laying(forest, trees, VectorKeys.smallest(features));
    for (int eight = 0; eight < eights.length; eight++) {
      eights[eight] = laying.eight(eight * ABREAST);
    }
    this.nodes = laying.nodes;
  }

  /** Puts one node after the other. */
  private static final class Laying {
    private final Forest forest;
    private final int[] trees;
    private final int smallest;
    private final long[] nodes;
    private int free;

    Laying(Forest forest, int[] trees, int smallest) {
      this.forest = forest;
      this.trees = trees;
      this.smallest = smallest;
      this.nodes =
          new long
              [Arrays.stream(trees)
                  .map(tree -> tree == NONE ? 1 : TreeDepths.nodes(forest, tree))
                  .sum()];
    }

    int eight(int first) {
      int roots = free;
      free += ABREAST;
      for (int i = 0; i < ABREAST; i++) {
        if (trees[first + i] == NONE) {
          nodes[roots + i] = node(Float.floatToRawIntBits(-0f), 0, smallest);
        } else {
          tree(forest.getTreeRoot(trees[first + i]), roots + i);
        }
      }
      return roots;
    }

    private record Placed(int node, int place) {}

    private void tree(int root, int rootPlace) {
      Deque<Placed> open = new ArrayDeque<>();
      open.push(new Placed(root, rootPlace));
      while (!open.isEmpty()) {
        Placed placed = open.pop();
        int node = placed.node();
        float value = forest.getValue(node);
        if (forest.getFeature(node) < 0) {
          nodes[placed.place()] = node(Float.floatToRawIntBits(value), 0, smallest);
          continue;
        }
        nodes[placed.place()] =
            node(
                VectorKeys.key(value) - 1,
                free - placed.place(),
                VectorKeys.place(forest.getFeature(node), forest.getDefaultLeft(node)));
        Placed left = new Placed(root + forest.getLeft(node), free);
        Placed right = new Placed(root + forest.getRight(node), free + 1);
        free += 2;
        boolean likelyLeft = forest.getCover(left.node()) >= forest.getCover(right.node());
        open.push(likelyLeft ? right : left);
        open.push(likelyLeft ? left : right);
      }
    }

    private static long node(int highest, int distance, int key) {
      return ((long) highest << Integer.SIZE) | ((long) distance << KEY_BITS) | key;
    }
  }

  @Override
  public float add(Kernel.Scratch row, float before) {
    float sum = before;
    for (int roots : eights) {
      sum = eight(roots, row.keys, sum);
    }
    return sum;
  }

  private float eight(int roots, int[] keys, float before) {
    int a = roots;
    int b = roots + 1;
    int c = roots + 2;
    int d = roots + 3;
    int e = roots + 4;
    int f = roots + 5;
    int g = roots + 6;
    int h = roots + 7;
    for (int level = 0; level < depth; level += STRETCH) {
      if (level > 0 && (ways(a, b, c, d) | ways(e, f, g, h)) == 0) {
        break;
      }
      for (int step = Math.min(STRETCH, depth - level); step > 0; step--) {
        a = next(a, keys, 0);
        b = next(b, keys, 0);
        c = next(c, keys, 0);
        d = next(d, keys, 0);
        e = next(e, keys, 0);
        f = next(f, keys, 0);
        g = next(g, keys, 0);
        h = next(h, keys, 0);
      }
    }
    // From left to right, as sums of floats depend on their order.
    return before + leaf(a) + leaf(b) + leaf(c) + leaf(d) + leaf(e) + leaf(f) + leaf(g) + leaf(h);
  }

  private int next(int node, int[] keys, int start) {
    long asked = nodes[node];
    long left = (asked >> Integer.SIZE) - keys[start + ((int) asked & KEY)];
    // The sign is 1 where the row's key is above the largest that goes left.
    return node + ((int) asked >>> KEY_BITS) + (int) (left >>> (Long.SIZE - 1));
  }

  /** How far it is to the children of four nodes; 0 if all are leaves. */
  private int ways(int a, int b, int c, int d) {
    return ((int) nodes[a] | (int) nodes[b] | (int) nodes[c] | (int) nodes[d]) >>> KEY_BITS;
  }

  private float leaf(int node) {
    return Float.intBitsToFloat((int) (nodes[node] >> Integer.SIZE));
  }

  @Override
  public void add(Kernel.BlockScratch block, int rows) {
    for (int roots : eights) {
      for (int root = roots; root < roots + ABREAST; root++) {
        for (int row = 0; row < rows; row += ABREAST) {
          addTree(root, row, block);
        }
      }
    }
  }

  /** Walks one tree for eight rows abreast. */
  private void addTree(int root, int row, Kernel.BlockScratch block) {
    int[] keys = block.keys;
    int width = block.width;
    int start = row * width;
    int a = root;
    int b = root;
    int c = root;
    int d = root;
    int e = root;
    int f = root;
    int g = root;
    int h = root;
    for (int level = 0; level < depth; level += STRETCH) {
      if (level > 0 && (ways(a, b, c, d) | ways(e, f, g, h)) == 0) {
        break;
      }
      for (int step = Math.min(STRETCH, depth - level); step > 0; step--) {
        a = next(a, keys, start);
        b = next(b, keys, start + width);
        c = next(c, keys, start + 2 * width);
        d = next(d, keys, start + 3 * width);
        e = next(e, keys, start + 4 * width);
        f = next(f, keys, start + 5 * width);
        g = next(g, keys, start + 6 * width);
        h = next(h, keys, start + 7 * width);
      }
    }
    float[] sums = block.sums;
    sums[row] += leaf(a);
    sums[row + 1] += leaf(b);
    sums[row + 2] += leaf(c);
    sums[row + 3] += leaf(d);
    sums[row + 4] += leaf(e);
    sums[row + 5] += leaf(f);
    sums[row + 6] += leaf(g);
    sums[row + 7] += leaf(h);
  }
}
