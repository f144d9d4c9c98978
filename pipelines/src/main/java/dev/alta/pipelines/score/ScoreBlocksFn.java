package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.RecordSplitter;
import java.io.IOException;

/** Scores the rows of a query. */
final class ScoreBlocksFn extends ScoreFn<RowBlock> {
  private final QueryInput query;

  ScoreBlocksFn(
      Contract contract,
      PinnedModel model,
      int reasons,
      Output output,
      EnteredRun entered,
      QueryInput query) {
    super(contract, model, reasons, output, entered);
    this.query = query;
  }

  @ProcessElement
  public void score(@Element RowBlock block, OutputReceiver<TaskDone> out) {
    Task work = begin(block.number(), query.address(), query.header());
    RecordSplitter records = new RecordSplitter(block.csv().newInput(), 0, 1);
    try {
      for (long row = block.firstRow(); records.next(); row++) {
        work.add(records.bytes(), row);
      }
      out.output(
          new TaskDone(
              block.number(),
              query.address(),
              true,
              TaskRecords.END,
              TaskRecords.END,
              0,
              work.end()));
    } catch (IOException failed) {
      throw new PipelineException(query.address() + ": " + failed.getMessage(), failed);
    }
  }
}
