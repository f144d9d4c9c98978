package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.IngestBatch;
import java.io.IOException;

/** Counts the rows of a task that are to be rejected; stores nothing. */
final class CheckFn extends BatchFn<BatchTask, RejectCount> {
  CheckFn(Contract contract) {
    super(contract);
  }

  @ProcessElement
  public void check(@Element BatchTask task, OutputReceiver<RejectCount> out) {
    RejectCount count = new RejectCount();
    if (!task.source().checkedWhilePlanned()) {
      try (Source.Reader reader = task.source().open(contract())) {
        for (IngestBatch batch : task.batches()) {
          count.add(batch.rows(), rejected(task, batch, reader));
        }
      } catch (IOException failed) {
        throw task.source().unreadable(failed);
      }
    }
    out.output(count);
  }
}
