package dev.alta.app.workflow;

import dev.alta.app.model.TrainingStep;
import dev.alta.model.registry.Alias;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.Training;
import dev.alta.training.TrainingSettings;
import dev.alta.training.search.Objective;
import dev.alta.training.search.SearchBudget;
import dev.alta.training.search.SearchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Trains for each objective of which no version of this workflow is in the registry yet: an earlier
 * attempt may have been cut off between two versions, or behind its end.
 */
final class TrainStep implements Step {
  static final String NAME = "train";
  static final String VERSIONS = "versions";

  private final RetrainSettings settings;
  private final Bench bench;

  TrainStep(RetrainSettings settings, Bench bench) {
    this.settings = settings;
    this.bench = bench;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(StepRun run) throws Exception {
    List<Manifest> versions = new ArrayList<>(trainedBy(run.name()));
    List<Objective> missing = new ArrayList<>(List.of(Objective.values()));
    for (Manifest version : versions) {
      missing.removeIf(objective -> objective.run().equals(version.getRun()));
      run.log("an earlier attempt has trained version " + version.getVersion());
    }
    if (!missing.isEmpty()) {
      versions.addAll(train(missing, run.name()));
    }
    return StepResult.of(
        Map.of(VERSIONS, versions.stream().map(v -> Integer.parseInt(v.getVersion())).toList()),
        words(versions));
  }

  private List<Manifest> train(List<Objective> objectives, String workflow) throws Exception {
    SearchSettings search =
        SearchSettings.standard(settings.seed())
            .withObjectives(objectives)
            .withBudget(SearchBudget.ofTrials(settings.trials()));
    TrainingSettings training =
        TrainingSettings.standard(settings.seed(), bench.codeVersion())
            .withSearch(search)
            .withHistory(isHistoryKnown())
            .forWorkflow(workflow);
    return TrainingStep.run(
            bench.contract(),
            bench.database().cleanData(),
            bench.registry(),
            training,
            bench.terminal())
        .manifests();
  }

  /** Callers who could not give a history to the champion cannot give it to the next one. */
  private boolean isHistoryKnown() {
    return bench
        .registry()
        .alias(Alias.CHAMPION)
        .flatMap(champion -> bench.registry().manifest(champion.version()))
        .map(champion -> champion.getProvenance().getSettingsOrDefault(Training.HISTORY, ""))
        .map(history -> !history.equals("false"))
        .orElse(true);
  }

  private List<Manifest> trainedBy(String workflow) {
    return bench.registry().versions().stream()
        .map(bench.registry()::manifest)
        .flatMap(Optional::stream)
        .filter(version -> version.getProvenance().getWorkflow().equals(workflow))
        .toList();
  }

  private static String words(List<Manifest> versions) {
    return versions.stream()
        .map(version -> "version " + version.getVersion() + of(version.getRun()))
        .collect(Collectors.joining(", "));
  }

  private static String of(String run) {
    return run.isEmpty() ? "" : " (" + run + ")";
  }
}
