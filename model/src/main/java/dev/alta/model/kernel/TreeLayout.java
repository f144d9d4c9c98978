package dev.alta.model.kernel;

import dev.alta.proto.v1.Forest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The trees of a forest, those of each output laid out in runs, and what a row must answer for
 * them. Trees are looked at eight by eight, so that a deep one slows down seven others and no more.
 */
final class TreeLayout {
  /** Above this, for each step through the trees, it costs less to compare at each step. */
  private static final int MOST_QUESTIONS_OF_A_STEP = 2;

  private final int features;
  private final Questions questions;
  private final boolean linked;
  // Of each output.
  private final TreeRun[][] runs;

  private TreeLayout(int features, Questions questions, TreeRun[][] runs) {
    this.features = features;
    this.questions = questions;
    this.runs = runs;
    this.linked =
        Arrays.stream(runs).flatMap(Arrays::stream).anyMatch(LinkedTrees.class::isInstance);
  }

  /** How a forest's trees are laid out for rows one by one, and for many rows. */
  record Pair(TreeLayout forRow, TreeLayout forBlock) {
    /**
     * Trees that are not deep are padded, the others linked. For one row all are linked where more
     * questions would have to be answered than are asked; for many rows at a time answers are
     * cheap.
     */
    static Pair of(Forest forest, int features) {
      Eights eights = Eights.of(forest);
      Questions none = new Questions(forest, List.of());
      Questions all = new Questions(forest, eights.shallowTrees());
      if (all.count() > PaddedTrees.MOST_QUESTIONS) {
        TreeLayout links = eights.lay(forest, features, none, false);
        return new Pair(links, links);
      }
      TreeLayout padded = eights.lay(forest, features, all, true);
      return all.count() <= MOST_QUESTIONS_OF_A_STEP * eights.shallowSteps() + 1
          ? new Pair(padded, padded)
          : new Pair(eights.lay(forest, features, none, false), padded);
    }
  }

  /** Eight trees of one output, and how deep the deepest of them is. */
  private record Eight(List<Integer> trees, int depth) {
    boolean shallow() {
      return depth <= PaddedTrees.DEEPEST;
    }
  }

  /** A forest's trees eight by eight, for each output. */
  private record Eights(List<List<Eight>> outputs) {
    static Eights of(Forest forest) {
      int[] depths = TreeDepths.of(forest);
      return new Eights(
          IntStream.range(0, forest.getOutputs())
              .mapToObj(output -> of(forest, output, depths))
              .toList());
    }

    private static List<Eight> of(Forest forest, int output, int[] depths) {
      List<Integer> trees =
          IntStream.range(0, forest.getTreeRootCount())
              .filter(tree -> forest.getTreeOutput(tree) == output)
              .boxed()
              .toList();
      List<Eight> eights = new ArrayList<>();
      for (int from = 0; from < trees.size(); from += TreeRun.ABREAST) {
        List<Integer> eight = trees.subList(from, Math.min(trees.size(), from + TreeRun.ABREAST));
        eights.add(new Eight(eight, eight.stream().mapToInt(tree -> depths[tree]).max().orElse(0)));
      }
      return eights;
    }

    private Stream<Eight> shallow() {
      return outputs.stream().flatMap(List::stream).filter(Eight::shallow);
    }

    List<Integer> shallowTrees() {
      return shallow().flatMap(eight -> eight.trees().stream()).toList();
    }

    /** How many questions one row is asked by them. */
    long shallowSteps() {
      return shallow().mapToLong(eight -> (long) eight.trees().size() * eight.depth()).sum();
    }

    TreeLayout lay(Forest forest, int features, Questions questions, boolean padding) {
      TreeRun[][] runs = new TreeRun[outputs.size()][];
      for (int output = 0; output < runs.length; output++) {
        List<TreeRun> ofOutput = new ArrayList<>();
        List<Eight> eights = outputs.get(output);
        for (int from = 0, to = 0; from < eights.size(); from = to) {
          Eight first = eights.get(from);
          while (to < eights.size() && eights.get(to).depth() == first.depth()) {
            to++;
          }
          int[] trees = trees(eights.subList(from, to));
          ofOutput.add(
              padding && first.shallow()
                  ? new PaddedTrees(forest, trees, first.depth(), questions)
                  : new LinkedTrees(forest, trees, first.depth(), features));
        }
        runs[output] = ofOutput.toArray(TreeRun[]::new);
      }
      return new TreeLayout(features, questions, runs);
    }

    private static int[] trees(List<Eight> eights) {
      int[] trees = new int[eights.size() * TreeRun.ABREAST];
      Arrays.fill(trees, TreeRun.NONE);
      for (int i = 0; i < eights.size(); i++) {
        for (int j = 0; j < eights.get(i).trees().size(); j++) {
          trees[i * TreeRun.ABREAST + j] = eights.get(i).trees().get(j);
        }
      }
      return trees;
    }
  }

  TreeRun[] runs(int output) {
    return runs[output];
  }

  Questions questions() {
    return questions;
  }

  /** How many keys a row needs. */
  int keys() {
    return linked ? VectorKeys.length(features) : 0;
  }

  /** Answers for one row what the trees will ask. */
  void prepare(float[] vectors, int vector, Kernel.Scratch row) {
    questions.answer(vectors, vector, row.answers, row.ones);
    if (linked) {
      VectorKeys.write(vectors, vector, features, row.keys, 0);
    }
  }

  /** The same for a block of rows. */
  void prepare(float[] vectors, int first, int rows, Kernel.BlockScratch block) {
    questions.answer(vectors, first, features, rows, block.answers);
    for (int row = 0; linked && row < rows; row++) {
      VectorKeys.write(vectors, first + row * features, features, block.keys, row * block.width);
    }
  }
}
