package dev.alta.app.workflow;

import dev.alta.app.data.DataSteps;
import dev.alta.database.Generation;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import java.util.Locale;
import java.util.Map;

/** Makes clean_data from all that is there; nothing where that has not changed. */
final class PrepareStep implements Step {
  static final String NAME = "prepare";

  private final RetrainSettings settings;
  private final Bench bench;
  private final DataSteps steps;

  PrepareStep(RetrainSettings settings, Bench bench, DataSteps steps) {
    this.settings = settings;
    this.bench = bench;
    this.steps = steps;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(StepRun run) throws Exception {
    PrepareResult result =
        steps.prepare(
            PrepareSettings.of(bench.storage().database())
                .withStore(bench.storage().store())
                .withSeed(settings.seed())
                .withFlink(new FlinkSettings(FlinkSettings.LOCAL, settings.parallelism()))
                .ofWorkflow(run.workflow()));
    Generation generation = result.generation();
    return StepResult.of(
        Map.of("generation", generation.number(), "kept", generation.kept()),
        String.format(
            Locale.ROOT,
            "generation %d with %,d rows%s",
            generation.number(),
            generation.kept(),
            result.isNew() ? "" : ", unchanged"));
  }
}
