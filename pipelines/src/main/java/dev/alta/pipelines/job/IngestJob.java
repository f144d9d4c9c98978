package dev.alta.pipelines.job;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;

/** {@code ingest}. */
final class IngestJob implements Job<IngestOptions> {
  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String purpose() {
    return "takes encounters into raw_data, each row once";
  }

  @Override
  public Class<IngestOptions> options() {
    return IngestOptions.class;
  }

  @Override
  public void run(IngestOptions options, Contract contract, FlinkSettings flink) {
    Ingest.run(
        IngestSettings.of(Places.database(options), options.getData())
            .withStore(Places.store(options))
            .withSource(options.getSource())
            .withBatchRows(options.getBatchRows())
            .withMaxRejects(options.getMaxRejects())
            .withFlink(flink)
            .withWorkflow(Places.workflow(options)),
        contract,
        Progress.UNWATCHED);
  }
}
