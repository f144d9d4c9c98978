package dev.alta.pipelines.ingest;

import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The numbers of the batches of a source that a run is to store. */
record NewBatches(String source, Set<Integer> numbers) implements Serializable {
  static NewBatches of(SourcePlan plan) {
    return new NewBatches(
        plan.source().name(),
        plan.batches().stream().map(IngestBatch::number).collect(Collectors.toSet()));
  }

  /** Those that are in the ledger by now. */
  List<LedgerEntry> stored(RawData rawData) {
    return rawData.batches(source).stream()
        .filter(entry -> numbers.contains(entry.batch().number()))
        .toList();
  }
}
