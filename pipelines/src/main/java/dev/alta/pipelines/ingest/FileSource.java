package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.BatchReader;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.csv.Header;
import java.io.IOException;
import java.util.List;

/** A CSV file. */
record FileSource(CsvFile file, String name) implements Source {
  @Override
  public String address() {
    return file.path();
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public void requireReadable(Contract contract) {
    new BatchPlanner(file, name, IngestSettings.BATCH_ROWS).readHeader(contract);
  }

  /** A compressed file is unpacked to be planned; better to check it then than to do that again. */
  @Override
  public boolean checkedWhilePlanned() {
    return file.zipped();
  }

  /** All of them, also those of the ledger: only so is it seen that the file has changed. */
  @Override
  public void plan(
      Contract contract,
      int batchRows,
      List<LedgerEntry> known,
      int watermark,
      BatchPlanner.Visitor visitor) {
    BatchPlanner planner = new BatchPlanner(file, name, batchRows);
    StoredRanges stored = new StoredRanges(file, known);
    if (file.zipped() || stored.isEmpty()) {
      planner.plan(contract, visitor);
    } else {
      Header header = planner.readHeader(contract);
      stored.visit(header, visitor);
      planner.planAfter(header, stored.last(), stored.nextLine(), visitor);
    }
  }

  /**
   * A plain file is read from the middle, one task for each batch; a compressed one only from its
   * beginning, so that all its batches are one task.
   */
  @Override
  public List<BatchTask> tasks(Header header, List<IngestBatch> batches) {
    return file.zipped()
        ? List.of(new BatchTask(this, header, batches))
        : batches.stream().map(batch -> new BatchTask(this, header, List.of(batch))).toList();
  }

  @Override
  public Reader open(Contract contract) throws IOException {
    BatchReader reader = BatchReader.open(file);
    return new Reader() {
      @Override
      public byte[] read(IngestBatch batch) throws IOException {
        return reader.read(batch);
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  @Override
  public PipelineException unreadable(IOException failed) {
    return file.unreadable(failed);
  }
}
