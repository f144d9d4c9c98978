package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import dev.alta.database.RunOrder;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be done with a source: its batches that are not stored yet. */
final class SourcePlan {
  private final Source source;
  private final Contract contract;
  private final Map<Integer, LedgerEntry> known = new HashMap<>();
  private final List<IngestBatch> newBatches = new ArrayList<>();
  // The new ones, and those that an interrupted run has stored beyond them.
  private final List<IngestBatch> unsettled = new ArrayList<>();
  private final int watermark;
  private final RejectCount checked = new RejectCount();
  private Header header = new Header(List.of());
  private @Nullable BatchParser parser;
  private @Nullable PipelineException stopped;
  private long rows;

  private SourcePlan(Source source, Contract contract, List<LedgerEntry> known, int watermark) {
    this.source = source;
    this.contract = contract;
    this.watermark = watermark;
    known.forEach(entry -> this.known.put(entry.batch().number(), entry));
  }

  /**
   * Goes through the source.
   *
   * @throws PipelineException if it cannot be read, or a batch was ingested before with another
   *     content; an incremental one is then gone through up to there
   */
  static SourcePlan of(Source source, Contract contract, int batchRows, RawData rawData) {
    List<LedgerEntry> known = rawData.batches(source.name());
    int watermark = rawData.watermark(source.name());
    SourcePlan plan = new SourcePlan(source, contract, known, watermark);
    try {
      source.plan(contract, batchRows, known, watermark, plan::add);
    } catch (PipelineException stopped) {
      if (!source.incremental()) {
        throw stopped;
      }
      plan.stopped = stopped;
    }
    return plan;
  }

  private void add(Header found, IngestBatch batch, byte[] bytes) {
    LedgerEntry entry = known.get(batch.number());
    rows += batch.rows();
    if (batch.number() > watermark) {
      header = found;
      unsettled.add(batch);
    }
    if (entry != null) {
      SameContent.require(batch, entry);
      return;
    }
    newBatches.add(batch);
    if (source.checkedWhilePlanned()) {
      if (parser == null) {
        parser = new BatchParser(contract, found);
      }
      checked.add(batch.rows(), parser.rejected(batch, bytes));
    }
  }

  Source source() {
    return source;
  }

  boolean hasNew() {
    return !newBatches.isEmpty();
  }

  /** The new batches. */
  RunOrder.OfSource news() {
    return order(newBatches);
  }

  /**
   * The new batches and those behind them, which had been stored when an earlier run was
   * interrupted: if they have keys in common, the latter must be stored again.
   */
  RunOrder.OfSource order() {
    return order(unsettled);
  }

  /** To be read and stored. */
  List<BatchTask> tasks() {
    return hasNew() ? source.tasks(header, newBatches) : List.of();
  }

  /** To be in the ledger at the end, in their order. */
  List<BatchTask> unsettledTasks() {
    return hasNew() ? source.tasks(header, unsettled) : List.of();
  }

  private RunOrder.OfSource order(List<IngestBatch> batches) {
    return new RunOrder.OfSource(
        source.name(), batches.stream().map(IngestBatch::number).collect(Collectors.toSet()));
  }

  /** Rejected rows among those that were checked by now. */
  RejectCount checked() {
    return checked;
  }

  /** Why an incremental source could not be gone through to its end. */
  Optional<PipelineException> stopped() {
    return Optional.ofNullable(stopped);
  }

  long rows() {
    return rows;
  }

  long newRows() {
    return newBatches.stream().mapToLong(IngestBatch::rows).sum();
  }
}
