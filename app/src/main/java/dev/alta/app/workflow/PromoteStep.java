package dev.alta.app.workflow;

import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.promote.Promoter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proposes the best version; the promotion rule decides, and its decision is kept in the registry.
 * Proposed again, it is the same decision.
 */
final class PromoteStep implements Step {
  static final String NAME = "promote";

  private final Bench bench;

  PromoteStep(Bench bench) {
    this.bench = bench;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(StepRun run) {
    Registry registry = bench.registry();
    List<Manifest> versions =
        run.of(TrainStep.NAME).numbers(TrainStep.VERSIONS).stream()
            .map(registry::manifest)
            .flatMap(Optional::stream)
            .toList();
    Decision decision =
        Promoter.of(bench.contract(), bench.database().cleanData(), registry)
            .proposeBestOf(versions, run.name());
    boolean promoted = decision.getKind() == DecisionKind.PROMOTED;
    return StepResult.of(
        Map.of("version", decision.getVersion(), "promoted", promoted),
        "version "
            + decision.getVersion()
            + (promoted ? " is champion: " : " is not champion: ")
            + decision.getReason());
  }
}
