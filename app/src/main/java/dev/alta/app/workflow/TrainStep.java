package dev.alta.app.workflow;

import dev.alta.core.progress.Progress;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.Training;
import dev.alta.training.TrainingSettings;
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
    List<Manifest> versions = trainedBy(run.name());
    if (versions.isEmpty()) {
      versions = bench.terminal().step(NAME, this::train, TrainStep::words);
    } else {
      run.log("an earlier attempt has trained already");
    }
    return StepResult.of(
        Map.of(VERSIONS, versions.stream().map(v -> Integer.parseInt(v.getVersion())).toList()),
        words(versions));
  }

  private List<Manifest> train(Progress progress) {
    TrainingSettings training = TrainingSettings.standard(settings.seed(), bench.codeVersion());
    return List.of(
        new Training(bench.contract(), bench.database().cleanData(), bench.registry())
            .train(training, progress)
            .manifest());
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
