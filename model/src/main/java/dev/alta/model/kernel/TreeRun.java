package dev.alta.model.kernel;

/**
 * Trees of an output that follow each other and have one layout. For one row eight of them are
 * walked abreast, so that their steps do not wait for each other; a run is filled up with trees
 * that add -0, which changes no number.
 */
sealed interface TreeRun permits PaddedTrees, LinkedTrees {
  /** How many trees are walked abreast. */
  int ABREAST = 8;

  /** Stands for a tree where there is none. */
  int NONE = -1;

  /** Adds the trees, one after the other in their order, to what came before. */
  float add(Kernel.Scratch row, float before);

  /**
   * Adds the trees to what came before, for a block of rows.
   *
   * @param rows how many; up to seven more are computed, to no purpose
   */
  void add(Kernel.BlockScratch block, int rows);
}
