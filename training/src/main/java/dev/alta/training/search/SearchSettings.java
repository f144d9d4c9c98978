package dev.alta.training.search;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How it is searched.
 *
 * @param objectives searched for side by side; one or two
 * @param seed of all chance in it
 * @param threads 1 or 2; does not change what is found
 * @param stop becomes true when somebody wants no more trials: the best so far is then taken
 */
public record SearchSettings(
    List<Objective> objectives, SearchBudget budget, long seed, int threads, BooleanSupplier stop) {
  private static final int MOST = 2;

  public SearchSettings {
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty() || objectives.size() > MOST) {
      throw new IllegalArgumentException("objectives: " + objectives + " (expected: 1 or 2)");
    }
    if (threads < 1 || threads > MOST) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: 1 or " + MOST + ")");
    }
  }

  /** Both objectives; the best of the prior settings, without a search. */
  public static SearchSettings standard(long seed) {
    return new SearchSettings(
        List.of(Objective.values()), SearchBudget.ofTrials(0), seed, MOST, () -> false);
  }

  public SearchSettings withObjectives(List<Objective> newObjectives) {
    return new SearchSettings(newObjectives, budget, seed, threads, stop);
  }

  public SearchSettings withBudget(SearchBudget newBudget) {
    return new SearchSettings(objectives, newBudget, seed, threads, stop);
  }

  public SearchSettings withThreads(int newThreads) {
    return new SearchSettings(objectives, budget, seed, newThreads, stop);
  }

  public SearchSettings stoppedBy(BooleanSupplier newStop) {
    return new SearchSettings(objectives, budget, seed, threads, newStop);
  }
}
