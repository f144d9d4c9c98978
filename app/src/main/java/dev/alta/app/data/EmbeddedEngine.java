package dev.alta.app.data;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.pipelines.score.Score;
import dev.alta.pipelines.score.ScoreResult;
import dev.alta.pipelines.score.ScoreSettings;
import java.util.Optional;

/** In this process. */
public final class EmbeddedEngine implements Engine {
  @Override
  public String name() {
    return EMBEDDED;
  }

  @Override
  public IngestResult ingest(IngestSettings settings, Contract contract, Progress progress) {
    return Ingest.run(settings, contract, progress);
  }

  @Override
  public PrepareResult prepare(PrepareSettings settings, Contract contract, Progress progress) {
    return Prepare.run(settings, contract, progress);
  }

  @Override
  public Optional<ScoreResult> score(ScoreSettings settings, Contract contract, Progress progress) {
    return Score.run(settings, contract, progress);
  }
}
