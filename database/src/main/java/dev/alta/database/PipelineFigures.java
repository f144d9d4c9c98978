package dev.alta.database;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the pipelines stand, in sums: for whoever watches them.
 *
 * @param runs of pipelines, by kind
 * @param workflows by kind
 * @param ledger of {@code raw_data}
 * @param clean what is published; empty where nothing is
 */
public record PipelineFigures(
    List<OfKind> runs, List<OfKind> workflows, LedgerFigures ledger, Optional<CleanRows> clean) {
  /**
   * Runs, or workflows, of one kind.
   *
   * @param kind such as ingest
   * @param standings how many there are of each standing, see {@link PipelineRun#standing} and
   *     {@link WorkflowRun#standing}
   * @param lastSuccess when the latest one that was done ended
   * @param lastFailure when the latest one failed, or was last heard of before it went silent
   */
  public record OfKind(
      String kind,
      Map<String, Long> standings,
      Optional<Instant> lastSuccess,
      Optional<Instant> lastFailure) {
    public OfKind {
      standings = Map.copyOf(standings);
    }
  }

  /**
   * The ledger.
   *
   * @param lastBatch when the latest batch was stored
   * @param beyondWatermark batches that are stored although one before them is not
   */
  public record LedgerFigures(
      LedgerTotals totals, Optional<Instant> lastBatch, long beyondWatermark) {}

  /**
   * The rows of {@code clean_data}.
   *
   * @param bySide rows by {@code dataset}
   */
  public record CleanRows(long generation, Instant published, Map<String, Long> bySide) {
    public CleanRows {
      bySide = Map.copyOf(bySide);
    }
  }

  public PipelineFigures {
    runs = List.copyOf(runs);
    workflows = List.copyOf(workflows);
  }
}
