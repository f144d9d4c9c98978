package dev.alta.pipelines.source;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.digest.Sha256;
import dev.alta.database.IngestBatch;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.BatchReader;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.Header;
import dev.alta.pipelines.csv.RecordSplitter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file as the days of groups: its batches are dealt out in turn, so that with one group day n
 * is batch n. Rows stay in the file; they are read when they are asked for.
 */
final class DayFile {
  private final CsvFile file;
  private final int groups;
  private final List<String> columns;
  private final List<IngestBatch> batches = new ArrayList<>();

  private DayFile(SourceSettings settings, Contract contract) {
    this.file = CsvFile.at(settings.file());
    this.groups = settings.groups();
    Header header =
        new BatchPlanner(file, file.baseName(), settings.rowsPerBatch())
            .plan(
                contract,
                (found, batch, bytes) -> {
                  rows(batch, bytes, found.columns().size());
                  batches.add(batch);
                });
    this.columns = header.columns(contract).stream().map(Column::sourceName).toList();
  }

  /**
   * Goes through the file once.
   *
   * @throws PipelineException if it is no CSV file of the contract, or has a row that is no list of
   *     as many texts as the header
   */
  static DayFile open(SourceSettings settings, Contract contract) {
    return new DayFile(settings, contract);
  }

  /** Source names of the columns, in the order of the file. */
  List<String> columns() {
    return columns;
  }

  int groups() {
    return groups;
  }

  long rows() {
    return batches.stream().mapToLong(IngestBatch::rows).sum();
  }

  /** The last day of a group, from 1 on; 0 where it has none. */
  int days(int group) {
    return (batches.size() - group + groups) / groups;
  }

  /** Which of the file's batches a day is, from 1 on. */
  int number(int group, int day) {
    return (day - 1) * groups + group;
  }

  /**
   * The cells of a day's rows.
   *
   * @throws PipelineException if the file is not any more what it was
   */
  List<List<String>> read(int group, int day) {
    IngestBatch batch = batches.get(number(group, day) - 1);
    try (BatchReader reader = BatchReader.open(file)) {
      byte[] bytes = reader.read(batch);
      if (!Sha256.of(bytes).equals(batch.sha256())) {
        throw new PipelineException(
            file.path() + ": changed while it is served (expected: a file that stays as it is)");
      }
      return rows(batch, bytes, columns.size());
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
  }

  private List<List<String>> rows(IngestBatch batch, byte[] bytes, int width) {
    List<List<String>> rows = new ArrayList<>(batch.rows());
    RecordSplitter records =
        new RecordSplitter(new ByteArrayInputStream(bytes), batch.byteFrom(), batch.firstLine());
    try {
      while (records.next()) {
        List<String> cells =
            CsvRecord.text(records.bytes()).flatMap(CsvRecord::cells).orElse(List.of());
        if (cells.size() != width) {
          throw new PipelineException(
              file.path()
                  + ": line "
                  + records.line()
                  + ": "
                  + (cells.isEmpty() ? "not CSV in UTF-8" : cells.size() + " cells")
                  + " (expected: "
                  + width
                  + " cells, as in the header)");
        }
        rows.add(cells);
      }
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
    return rows;
  }
}
