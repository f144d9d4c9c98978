package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.core.digest.Sha256;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.Header;
import dev.alta.pipelines.source.Day;
import dev.alta.pipelines.source.DayClient;
import dev.alta.pipelines.source.SourceUrl;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An incremental HTTP source; each of its days is a batch whose number is the day. */
record HttpSource(SourceUrl url, String name) implements Source {
  private static final int MOST_EMPTY = 31;
  private static final Day NO_ROWS = Day.withoutRows();

  @Override
  public String address() {
    return url.toString();
  }

  @Override
  public boolean incremental() {
    return true;
  }

  /** What was asked for over the network is at hand then. */
  @Override
  public boolean checkedWhilePlanned() {
    return true;
  }

  @Override
  public void requireReadable(Contract contract) {
    new DayClient(url, contract).get(1);
  }

  /**
   * From the watermark's day on, until there is no such day. That day is asked for once more, since
   * the last day is the one that may have grown since; those before it are not.
   *
   * <p>Days without rows count once the source has shown that its days go on or end behind them: a
   * source that answers so for any day would never end, and its future would be stored as empty.
   */
  @Override
  public void plan(
      Contract contract,
      int batchRows,
      List<LedgerEntry> known,
      int watermark,
      BatchPlanner.Visitor visitor) {
    DayClient client = new DayClient(url, contract);
    Header header = Header.all(contract);
    int empty = 0;
    for (int day = Math.max(watermark, 1); ; day++) {
      Optional<Day> answer = client.get(day);
      if (answer.isEmpty() && day == watermark) {
        throw gone(day);
      }
      if (answer.isPresent() && answer.get().rows() == 0) {
        if (++empty > MOST_EMPTY) {
          throw new PipelineException(
              url.of(day)
                  + ": "
                  + empty
                  + " days without rows (expected: status 404 and NO_SUCH_DAY beyond the last day)");
        }
        continue;
      }
      for (; empty > 0; empty--) {
        visitor.batch(header, batch(day - empty, NO_ROWS), NO_ROWS.csv());
      }
      if (answer.isEmpty()) {
        return;
      }
      visitor.batch(header, batch(day, answer.get()), answer.get().csv());
    }
  }

  @Override
  public List<BatchTask> tasks(Header header, List<IngestBatch> batches) {
    return batches.stream().map(batch -> new BatchTask(this, header, List.of(batch))).toList();
  }

  @Override
  public Reader open(Contract contract) {
    DayClient client = new DayClient(url, contract);
    return batch -> client.get(batch.number()).orElseThrow(() -> gone(batch.number())).csv();
  }

  @Override
  public PipelineException unreadable(IOException failed) {
    return new PipelineException(address() + ": " + failed.getMessage(), failed);
  }

  private IngestBatch batch(int day, Day found) {
    byte[] csv = found.csv();
    return new IngestBatch(name, day, Sha256.of(csv), 1, 0, csv.length, found.rows());
  }

  private PipelineException gone(int day) {
    return new PipelineException(
        url.of(day) + ": no such day any more (expected: a source that keeps its days)");
  }
}
