package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.core.digest.Sha256;
import dev.alta.database.IngestBatch;
import dev.alta.database.RejectedRow;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.Header;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** A step that reads and checks batches. */
abstract class BatchFn<I, O> extends DoFn<I, O> {
  private final Contract contract;
  // What a parser has learned about the cells of one batch serves for the next.
  private transient @Nullable Map<Header, BatchParser> parsers;

  BatchFn(Contract contract) {
    this.contract = contract;
  }

  Contract contract() {
    return contract;
  }

  /** The rows of a batch that are to be rejected. Whether it has changed will be seen later. */
  List<RejectedRow> rejected(BatchTask task, IngestBatch batch, Source.Reader reader)
      throws IOException {
    return parser(task).rejected(batch, reader.read(batch));
  }

  /**
   * The rows of a batch.
   *
   * @throws PipelineException if it has changed since it was planned
   */
  BatchParser.Parsed parse(BatchTask task, IngestBatch batch, Source.Reader reader)
      throws IOException {
    byte[] bytes = reader.read(batch);
    if (!Sha256.of(bytes).equals(batch.sha256())) {
      throw new PipelineException(
          task.source().address()
              + ": batch "
              + batch.number()
              + " has changed while it was being ingested (expected: a source that stays as it is)");
    }
    return parser(task).parse(batch, bytes);
  }

  private BatchParser parser(BatchTask task) {
    if (parsers == null) {
      parsers = new HashMap<>();
    }
    return parsers.computeIfAbsent(task.header(), header -> new BatchParser(contract, header));
  }
}
