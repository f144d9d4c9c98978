package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.DatabaseException;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be done with a source: its batches that are not stored yet. */
final class SourcePlan {
  private final Source source;
  private final Contract contract;
  private final Map<Integer, LedgerEntry> known = new HashMap<>();
  private final List<IngestBatch> batches = new ArrayList<>();
  private final RejectCount checked = new RejectCount();
  private Header header = new Header(List.of());
  private @Nullable BatchParser parser;
  private @Nullable RuntimeException stopped;
  private long rows;

  private SourcePlan(Source source, Contract contract, List<LedgerEntry> known) {
    this.source = source;
    this.contract = contract;
    known.forEach(entry -> this.known.put(entry.batch().number(), entry));
  }

  /**
   * Goes through the source.
   *
   * @throws PipelineException if it cannot be read, unless it is an incremental one
   * @throws DatabaseException if a batch was ingested before with another content
   */
  static SourcePlan of(Source source, Contract contract, int batchRows, RawData rawData) {
    List<LedgerEntry> known = rawData.batches(source.name());
    SourcePlan plan = new SourcePlan(source, contract, known);
    try {
      source.plan(contract, batchRows, known, rawData.watermark(source.name()), plan::add);
    } catch (PipelineException | DatabaseException stopped) {
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
    if (entry != null) {
      RawData.checkSame(batch, entry);
      return;
    }
    header = found;
    batches.add(batch);
    if (source.checkedWhilePlanned()) {
      if (parser == null) {
        parser = new BatchParser(contract, found);
      }
      checked.add(batch.rows(), parser.parse(batch, bytes).rejected());
    }
  }

  Source source() {
    return source;
  }

  List<BatchTask> tasks() {
    return source.tasks(header, batches);
  }

  /** New batches. */
  List<IngestBatch> batches() {
    return batches;
  }

  /** Rejected rows among those that were checked by now. */
  RejectCount checked() {
    return checked;
  }

  /** Why an incremental source could not be gone through to its end. */
  Optional<RuntimeException> stopped() {
    return Optional.ofNullable(stopped);
  }

  long rows() {
    return rows;
  }

  long newRows() {
    return batches.stream().mapToLong(IngestBatch::rows).sum();
  }
}
