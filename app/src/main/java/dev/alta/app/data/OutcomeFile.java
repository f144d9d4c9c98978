package dev.alta.app.data;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import dev.alta.database.Outcomes.Sink;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.RecordSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A CSV file of what really happened: the contract's key and target, by name or source name, in any
 * order. Other columns of the contract may be there and are left aside.
 */
public final class OutcomeFile {
  /** Rejected rows that are told one by one. */
  public static final int MOST_REJECTS = 1_000;

  /** A row that is no outcome: what is wrong with it. */
  public record Reject(long line, Violation violation) {}

  private final CsvFile file;
  private final Contract contract;
  private final List<Reject> rejects = new ArrayList<>();
  private long rows;
  private long rejected;

  public OutcomeFile(CsvFile file, Contract contract) {
    this.file = file;
    this.contract = contract;
  }

  /**
   * Reads it once, row by row; what is wrong is in {@link #rejects} afterwards.
   *
   * @throws PipelineException in one line: it cannot be read, or its header lacks a column
   */
  public void read(Sink sink) {
    try (InputStream in = file.open()) {
      RecordSplitter records = new RecordSplitter(in, 0, 1);
      List<String> header = records.next() ? cells(records).orElse(List.of()) : List.of();
      int key = position(header, contract.key());
      int target = position(header, contract.target());
      while (records.next()) {
        rows++;
        Optional<List<String>> cells = cells(records);
        if (cells.isEmpty() || cells.get().size() != header.size()) {
          String width = cells.map(found -> found.size() + " cells").orElse("not readable");
          reject(records.line(), new Violation("row", width, header.size() + " cells of CSV"));
        } else {
          row(records.line(), cells.get().get(key), cells.get().get(target), sink);
        }
      }
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
  }

  /** Rows behind the header. */
  public long rows() {
    return rows;
  }

  /** Rows that are no outcomes. */
  public long rejected() {
    return rejected;
  }

  /** These, up to {@link #MOST_REJECTS}. */
  public List<Reject> rejects() {
    return List.copyOf(rejects);
  }

  private void row(long line, String key, String target, Sink sink) {
    Optional<String> encounter = stored(contract.key(), key);
    Optional<String> outcome = stored(contract.target(), target);
    if (encounter.isPresent() && outcome.isPresent()) {
      sink.add(line, Long.parseLong(encounter.get()), outcome.get());
    } else {
      boolean noKey = encounter.isEmpty();
      Column wrong = noKey ? contract.key() : contract.target();
      reject(line, new Violation(wrong.name(), noKey ? key : target, wrong.expectation()));
    }
  }

  private Optional<String> stored(Column column, String cell) {
    return Intake.stored(contract, Door.STORE, column, cell.strip())
        .map(stored -> Objects.requireNonNullElse(stored.text(), ""));
  }

  private void reject(long line, Violation violation) {
    rejected++;
    if (rejects.size() < MOST_REJECTS) {
      rejects.add(new Reject(line, violation));
    }
  }

  private int position(List<String> header, Column column) {
    int position = -1;
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip();
      Optional<Column> found = contract.find(name);
      if (found.isEmpty()) {
        throw wrongHeader("unknown: " + (name.isEmpty() ? "(no name)" : name));
      }
      if (found.get().equals(column)) {
        if (position >= 0) {
          throw wrongHeader("twice: " + name);
        }
        position = i;
      }
    }
    if (position < 0) {
      throw wrongHeader("missing: " + column.name());
    }
    return position;
  }

  private PipelineException wrongHeader(String what) {
    return new PipelineException(
        file.path()
            + ": header: "
            + what
            + " (expected: "
            + contract.key().name()
            + ", "
            + contract.target().name()
            + ", and other columns of "
            + contract.name()
            + " if any)");
  }

  private static Optional<List<String>> cells(RecordSplitter records) {
    return CsvRecord.text(records.bytes())
        .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
        .flatMap(CsvRecord::cells);
  }
}
