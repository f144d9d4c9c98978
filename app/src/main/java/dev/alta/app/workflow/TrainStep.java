package dev.alta.app.workflow;

import dev.alta.app.model.TrainingStep;
import dev.alta.model.registry.Alias;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.Training;
import dev.alta.training.TrainingSettings;
import dev.alta.training.search.SearchBudget;
import dev.alta.training.search.SearchSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Trains, unless versions of this workflow are in the registry: then an earlier attempt was cut off
 * behind its end.
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
    TrainingSettings training =
        TrainingSettings.standard(settings.seed(), bench.codeVersion())
            .withSearch(
                SearchSettings.standard(settings.seed())
                    .withBudget(SearchBudget.ofTrials(settings.trials())))
            .withHistory(isHistoryKnown())
            .forWorkflow(run.name());
    List<Manifest> versions = trainedBy(run.name());
    if (versions.size() < training.search().objectives().size()) {
      versions =
          TrainingStep.run(
                  bench.contract(),
                  bench.database().cleanData(),
                  bench.registry(),
                  training,
                  bench.terminal())
              .manifests();
    } else {
      run.log("an earlier attempt has trained already");
    }
    return StepResult.of(
        Map.of(VERSIONS, versions.stream().map(v -> Integer.parseInt(v.getVersion())).toList()),
        words(versions));
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

  /** The last one for each objective: an attempt may have been cut off between two of them. */
  private List<Manifest> trainedBy(String workflow) {
    Map<String, Manifest> last = new LinkedHashMap<>();
    bench.registry().versions().stream()
        .map(bench.registry()::manifest)
        .flatMap(Optional::stream)
        .filter(version -> version.getProvenance().getWorkflow().equals(workflow))
        .forEach(version -> last.put(version.getRun(), version));
    return List.copyOf(last.values());
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
