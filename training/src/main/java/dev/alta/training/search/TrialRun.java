package dev.alta.training.search;

import dev.alta.proto.v1.TrialState;
import dev.alta.training.trees.GrowingTrees;
import dev.alta.training.trees.TreeSettings;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Tries one point: grows trees, looks at the curves, and stops where going on makes no sense. */
final class TrialRun {
  private final List<Objective> objectives;
  private final int classes;
  private final long seed;
  private final BooleanSupplier stop;

  /**
   * @param stop becomes true when the search is to end; a trial then ends at its next milestone
   */
  TrialRun(List<Objective> objectives, int classes, long seed, BooleanSupplier stop) {
    this.objectives = objectives;
    this.classes = classes;
    this.seed = seed;
    this.stop = stop;
  }

  /**
   * Tries.
   *
   * @param before what was tried before; never those that run at the same time, so that the result
   *     does not depend on which is quicker
   */
  Tried run(Proposal proposal, Bench bench, List<Tried> before) {
    long start = System.nanoTime();
    TreeSettings settings = SearchSpace.trees(proposal.point());
    Bench.Laid rows = bench.at(SearchSpace.features(proposal.point()));
    ValidationCurves curves = new ValidationCurves(objectives);
    RunningScores scores = new RunningScores(rows.validation(), classes);
    try (GrowingTrees trees = new GrowingTrees(rows.train(), settings, seed)) {
      Ending ending =
          settings.parallelTrees() > 1
              ? atOnce(trees, curves, scores)
              : growing(proposal, trees, curves, scores, before);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Tried(proposal, curves, ending.state(), ending.reason(), seconds);
    }
  }

  private record Ending(TrialState state, String reason) {}

  private static Ending atOnce(GrowingTrees trees, ValidationCurves curves, RunningScores scores) {
    trees.growTo(1);
    curves.add(scores, trees.takeNew(), 1, 1);
    return new Ending(TrialState.COMPLETE, "");
  }

  private Ending growing(
      Proposal proposal,
      GrowingTrees trees,
      ValidationCurves curves,
      RunningScores scores,
      List<Tried> before) {
    double learningRate = SearchSpace.trees(proposal.point()).learningRate();
    List<Milestones.Milestone> others =
        before.stream()
            .filter(tried -> SearchSpace.trees(tried.proposal().point()).parallelTrees() == 1)
            .map(
                tried ->
                    new Milestones.Milestone(
                        tried, SearchSpace.trees(tried.proposal().point()).learningRate()))
            .toList();
    for (int rounds : Milestones.rounds(learningRate)) {
      int grown = trees.rounds();
      trees.growTo(rounds);
      curves.add(scores, trees.takeNew(), rounds - grown, Milestones.step(learningRate));
      if (stop.getAsBoolean()) {
        return new Ending(TrialState.STOPPED_EARLY, "the search was ended");
      }
      if (Milestones.isOver(curves.all(), rounds, learningRate)) {
        return new Ending(TrialState.COMPLETE, "");
      }
      Curve curve = curves.of(proposal.objective());
      if (Milestones.isBehind(curve, rounds * learningRate, proposal.objective(), others)) {
        return new Ending(
            TrialState.STOPPED_EARLY,
            "behind three quarters of the other trials after " + rounds + " rounds");
      }
    }
    return new Ending(TrialState.COMPLETE, "");
  }
}
