package dev.alta.app.workflow;

import dev.alta.app.data.DataSteps;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.source.SourceUrl;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Ingests what is new: the data that were named, or else the new days of the HTTP sources that the
 * ledger knows. Files it knows by their names only, not where they are.
 */
final class IngestStep implements Step {
  static final String NAME = "ingest";

  private final RetrainSettings settings;
  private final Bench bench;
  private final DataSteps steps;

  IngestStep(RetrainSettings settings, Bench bench, DataSteps steps) {
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
    List<String> sources =
        settings.data().isPresent()
            ? List.of(settings.data().get())
            : bench.database().rawData().sources().stream().filter(SourceUrl::isUrl).toList();
    if (sources.isEmpty()) {
      return StepResult.of(
          Map.of("accepted", 0L),
          "nothing to ask: no --data, and no HTTP source among those ingested before");
    }
    long accepted = 0;
    for (String source : sources) {
      IngestResult result = steps.ingest(of(source, run.workflow()));
      accepted += result.accepted();
      run.log(
          String.format(
              Locale.ROOT,
              "%s: %,d rows read, %,d accepted, %,d rejected",
              result.source(),
              result.read(),
              result.accepted(),
              result.rejected()));
    }
    return StepResult.of(
        Map.of("accepted", accepted), String.format(Locale.ROOT, "%,d rows accepted", accepted));
  }

  private IngestSettings of(String source, long workflow) {
    Optional<StoreSettings> store =
        source.startsWith(Place.S3) ? Optional.of(bench.storage().store()) : Optional.empty();
    return IngestSettings.of(bench.storage().database(), source)
        .withStore(store)
        .withMaxRejects(settings.maxRejects())
        .withFlink(new FlinkSettings(FlinkSettings.LOCAL, settings.parallelism()))
        .ofWorkflow(workflow);
  }
}
