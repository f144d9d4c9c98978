package dev.alta.pipelines.job;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.score.Score;
import dev.alta.pipelines.score.ScoreSettings;
import java.util.Optional;

/** {@code score}. */
final class ScoreJob implements Job<ScoreOptions> {
  private static final String MODEL = "readmission";

  @Override
  public String name() {
    return "score";
  }

  @Override
  public String purpose() {
    return "scores many encounters with the champion";
  }

  @Override
  public Class<ScoreOptions> options() {
    return ScoreOptions.class;
  }

  @Override
  public void run(ScoreOptions options, Contract contract, FlinkSettings flink) {
    ScoreSettings settings =
        ScoreSettings.of(
                Places.store(options)
                    .orElseThrow(
                        () ->
                            new PipelineException(
                                "--storeUrl: missing (expected: the store that has the models)")),
                Places.database(options),
                MODEL,
                options.getInput(),
                options.getOutput())
            .withReasons(options.getReasons())
            .withRanked(options.getRank())
            .withVersion(Optional.of(options.getModelVersion()).filter(version -> version > 0))
            .withSharedFiles(options.getSharedFiles())
            .withFlink(flink);
    Score.run(settings, contract, Progress.UNWATCHED);
  }
}
