package dev.alta.app.data;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.pipelines.score.ScoreResult;
import dev.alta.pipelines.score.ScoreSettings;
import java.util.Optional;

/** Where pipelines run. */
public interface Engine {
  /** A Flink in this process. */
  String EMBEDDED = "embedded";

  /** Clusters of their own, made by the Flink operator of a Kubernetes cluster. */
  String KUBERNETES = "kubernetes";

  /** One of these. */
  String name();

  /**
   * Ingests a file or the new days of a source.
   *
   * @throws Exception in one line
   */
  IngestResult ingest(IngestSettings settings, Contract contract, Progress progress)
      throws Exception;

  /**
   * Makes clean_data, unless nothing has changed.
   *
   * @throws Exception in one line
   */
  PrepareResult prepare(PrepareSettings settings, Contract contract, Progress progress)
      throws Exception;

  /**
   * Scores many encounters.
   *
   * @return what was done; empty where this process does not hear of it
   * @throws Exception in one line
   */
  Optional<ScoreResult> score(ScoreSettings settings, Contract contract, Progress progress)
      throws Exception;
}
