package dev.alta.training.search;

import dev.alta.proto.v1.Forest;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Scores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The curves of all objectives of one training, and its trees. */
final class ValidationCurves {
  private record Grown(Forest trees, int rounds) {}

  private final Map<Objective, Curve> curves = new EnumMap<>(Objective.class);
  private final List<Grown> grown = new ArrayList<>();
  private int rounds;

  ValidationCurves(List<Objective> objectives) {
    objectives.forEach(objective -> curves.put(objective, new Curve()));
  }

  /**
   * Goes on with further trees.
   *
   * @param scores the validation rows, scored with the trees before
   * @param trees of these rounds only, the same number of trees for each
   * @param newRounds how many rounds they are
   * @param step rounds between points
   */
  void add(RunningScores scores, Forest trees, int newRounds, int step) {
    grown.add(new Grown(trees, newRounds));
    int ofRound = trees.getTreeRootCount() / newRounds;
    for (int from = 0; from < newRounds; from += step) {
      int to = Math.min(newRounds, from + step);
      Scores upTo = scores.add(Slices.of(trees, from * ofRound, to * ofRound));
      rounds += to - from;
      curves.forEach((objective, curve) -> curve.add(rounds, objective.of(upTo)));
    }
  }

  Curve of(Objective objective) {
    Curve curve = curves.get(objective);
    if (curve == null) {
      throw new IllegalArgumentException(objective + ": not among " + curves.keySet());
    }
    return curve;
  }

  Collection<Curve> all() {
    return curves.values();
  }

  /** Rounds that were added. */
  int rounds() {
    return rounds;
  }

  /**
   * Scores rows with the trees of the first rounds.
   *
   * @throws IllegalStateException if the trees were forgotten
   */
  Scores score(Vectors rows, int classes, int firstRounds) {
    RunningScores running = new RunningScores(rows, classes);
    int left = firstRounds;
    for (Grown part : grown) {
      int taken = Math.min(left, part.rounds());
      int trees = part.trees().getTreeRootCount() / part.rounds() * taken;
      Scores scores = running.add(Slices.of(part.trees(), 0, trees));
      left -= taken;
      if (left == 0) {
        return scores;
      }
    }
    throw new IllegalStateException(left + " of " + firstRounds + " rounds are not there");
  }

  /** Only the best trial's trees are asked for again. */
  void forgetTrees() {
    grown.clear();
  }
}
