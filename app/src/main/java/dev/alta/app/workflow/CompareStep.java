package dev.alta.app.workflow;

import dev.alta.model.registry.Alias;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.promote.Promoter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what was trained by the validation rows, and says which is proposed. The test rows have
 * no say in that.
 */
final class CompareStep implements Step {
  static final String NAME = "compare";
  static final String CANDIDATE = "candidate";
  static final String OTHERS = "others";

  private final Registry registry;

  CompareStep(Registry registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(StepRun run) {
    List<Manifest> versions =
        run.of(TrainStep.NAME).numbers(TrainStep.VERSIONS).stream().map(this::manifest).toList();
    Manifest best = Promoter.bestOf(versions);
    versions.forEach(version -> run.log(figures("version", version)));
    Optional<Alias> champion = registry.alias(Alias.CHAMPION);
    champion
        .map(Alias::version)
        .map(this::manifest)
        .ifPresent(v -> run.log(figures("champion", v)));
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put(CANDIDATE, number(best));
    outcome.put(
        OTHERS, versions.stream().map(CompareStep::number).filter(n -> n != number(best)).toList());
    return StepResult.of(
        outcome, "proposed: " + figures("version", best) + ", the best of " + versions.size());
  }

  private static int number(Manifest version) {
    return Integer.parseInt(version.getVersion());
  }

  private Manifest manifest(int version) {
    return registry
        .manifest(version)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "version " + version + ": not there (expected: as this workflow trained it)"));
  }

  private static String figures(String what, Manifest version) {
    return String.format(
        Locale.ROOT,
        "%s %s with a mean AUROC of %.4f on the validation rows",
        what,
        version.getVersion(),
        version.getValidation().getMeanAuroc());
  }
}
