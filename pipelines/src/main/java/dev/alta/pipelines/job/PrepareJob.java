package dev.alta.pipelines.job;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareSettings;

/** {@code prepare}. */
final class PrepareJob implements Job<PrepareOptions> {
  @Override
  public String name() {
    return "prepare";
  }

  @Override
  public String purpose() {
    return "makes clean_data from raw_data: cleaned rows, split by patient";
  }

  @Override
  public Class<PrepareOptions> options() {
    return PrepareOptions.class;
  }

  @Override
  public void run(PrepareOptions options, Contract contract, FlinkSettings flink) {
    PrepareSettings settings =
        PrepareSettings.of(Places.database(options))
            .withSeed(options.getSeed())
            .withFlink(flink)
            .withWorkflow(Places.workflow(options));
    Prepare.submit(
        Places.store(options).map(settings::withStore).orElse(settings),
        contract,
        Progress.UNWATCHED);
  }
}
