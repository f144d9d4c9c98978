package dev.alta.app.command;

import dev.alta.app.model.CodeVersion;
import dev.alta.training.TrainingSettings;
import dev.alta.training.search.Objective;
import dev.alta.training.search.SearchBudget;
import dev.alta.training.search.SearchSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How a training searches. */
final class SearchOptions {
  private static final String BOTH = "both";

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "Trials for each objective (${DEFAULT-VALUE}); 0: the best of the settings known"
              + " beforehand, without a search.")
  private int budget;

  @Option(
      names = "--max-seconds",
      paramLabel = "N",
      defaultValue = "3600",
      description =
          "No trial is begun after so many seconds (${DEFAULT-VALUE}). A search that time ended is"
              + " not the same the next time.")
  private long maxSeconds;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      defaultValue = BOTH,
      description =
          "mean_auroc, accuracy or both (${DEFAULT-VALUE}). Each gives a version of its own.")
  private String objective;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "1 or 2 (${DEFAULT-VALUE}); finds the same.")
  private int threads;

  @Option(
      names = "--without-history",
      description =
          "The model shall not read what is made from a patient's earlier encounters: for callers"
              + " who do not know it.")
  private boolean withoutHistory;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if one cannot be
   */
  TrainingSettings settings(long seed) {
    return TrainingSettings.standard(seed, CodeVersion.get())
        .withHistory(!withoutHistory)
        .withSearch(
            SearchSettings.standard(seed)
                .withObjectives(objectives())
                .withBudget(new SearchBudget(budget, Duration.ofSeconds(maxSeconds)))
                .withThreads(threads));
  }

  private List<Objective> objectives() {
    List<Objective> all = Arrays.asList(Objective.values());
    List<Objective> named =
        all.stream()
            .filter(one -> one.figure().equals(objective.toLowerCase(Locale.ROOT)))
            .toList();
    if (named.isEmpty() && !objective.equals(BOTH)) {
      throw new IllegalArgumentException(
          "objective: "
              + objective
              + " (expected: "
              + all.stream().map(Objective::figure).collect(Collectors.joining(", "))
              + " or "
              + BOTH
              + ")");
    }
    return named.isEmpty() ? all : named;
  }
}
