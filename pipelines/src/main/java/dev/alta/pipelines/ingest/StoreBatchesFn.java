package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.RunOrder;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Stores the batches of a task, once the check of all rows has let them pass. Gives the number of
 * rows that went through.
 */
final class StoreBatchesFn extends StoreBatches<BatchTask> {
  private final PCollectionView<Boolean> passed;

  StoreBatchesFn(
      IngestSettings settings,
      Contract contract,
      RunOrder order,
      long run,
      PCollectionView<Boolean> passed) {
    super(settings, contract, order, run);
    this.passed = passed;
  }

  @ProcessElement
  public void store(@Element BatchTask task, ProcessContext context) {
    if (!context.sideInput(passed)) {
      throw new IllegalStateException("storing what the check did not let pass");
    }
    store(task);
    task.batches().forEach(batch -> context.output((long) batch.rows()));
  }
}
