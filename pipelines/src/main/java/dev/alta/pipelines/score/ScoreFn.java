package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Scores the rows of tasks and writes them part by part. May be tried any number of times. */
abstract class ScoreFn<T> extends DoFn<T, TaskDone> {
  private final Counter read = Metrics.counter("alta", "rows_read");
  private final Counter scored = Metrics.counter("alta", "rows_scored");
  private final Counter rejected = Metrics.counter("alta", "rows_rejected");

  private final Contract contract;
  private final PinnedModel model;
  private final int reasons;
  private final Output output;
  private final EnteredRun entered;
  private transient Output.@Nullable Writer writer;
  private transient EnteredRun.@Nullable Entry entry;

  ScoreFn(Contract contract, PinnedModel model, int reasons, Output output, EnteredRun entered) {
    this.contract = contract;
    this.model = model;
    this.reasons = reasons;
    this.output = output;
    this.entered = entered;
  }

  @Setup
  public void open() {
    writer = output.open(contract);
    entry = entered.attach(contract);
  }

  @Teardown
  public void close() {
    if (writer != null) {
      writer.close();
    }
    if (entry != null) {
      entry.close();
    }
  }

  /** Begins a task. */
  Task begin(int number, String source, Header header) {
    if (entry == null) {
      throw new IllegalStateException("not set up");
    }
    RowScorer scorer =
        new RowScorer(contract, header, model.load(contract), reasons, entry.rawData());
    return new Task(number, source, scorer);
  }

  /** A task at work: takes records, writes a part whenever there are enough. */
  final class Task {
    private final int number;
    private final String source;
    private final RowScorer scorer;
    private final List<TaskDone.Part> parts = new ArrayList<>();
    private PartRows rows = PartRows.empty();

    Task(int number, String source, RowScorer scorer) {
      this.number = number;
      this.source = source;
      this.scorer = scorer;
    }

    void add(byte[] record, long line) {
      scorer.add(record, line, rows);
      if (rows.size() + scorer.pending() == PartRows.MOST) {
        write();
      }
    }

    List<TaskDone.Part> end() {
      write();
      return parts;
    }

    private void write() {
      scorer.answer(rows);
      if (rows.size() == 0) {
        return;
      }
      if (writer == null || entry == null) {
        throw new IllegalStateException("not set up");
      }
      long part = TaskDone.partNumber(number, parts.size());
      try {
        writer.write(part, source, rows);
      } catch (IOException failed) {
        throw new PipelineException(
            output.address() + ": cannot be written (" + failed.getMessage() + ")", failed);
      }
      TaskDone.Part written = new TaskDone.Part(part, rows.scored().size(), rows.unscored().size());
      parts.add(written);
      read.inc(rows.size());
      scored.inc(written.scored());
      rejected.inc(written.unscored());
      entry.add(written.counts());
      RowsWritten.add(output, rows.size());
      rows = PartRows.empty();
    }
  }
}
