package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.Header;
import dev.alta.pipelines.csv.RecordSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A file whose header was read.
 *
 * @param offset of the first byte behind the header, in the unpacked bytes
 * @param line on which that is
 */
record InputFile(CsvFile file, Header header, long offset, long line) implements Serializable {
  /** Large enough that starting a task does not count, small enough to share out a file. */
  private static final long SMALLEST_RANGE = 1L << 20;

  private static final long LARGEST_RANGE = 16L << 20;
  private static final int RANGES_PER_WORKER = 4;

  static InputFile open(CsvFile file, Contract contract) {
    try (InputStream in = file.open()) {
      RecordSplitter records = new RecordSplitter(in, 0, 1);
      if (!records.next()) {
        throw new PipelineException(
            file.path() + ": no lines (expected: a CSV file with a header line)");
      }
      List<String> cells =
          CsvRecord.text(records.bytes())
              .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
              .flatMap(CsvRecord::cells)
              .orElse(List.of());
      Header header = Header.read(file.path(), contract, Door.SCORE, cells);
      return new InputFile(file, header, records.nextOffset(), records.nextLine());
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
  }

  /**
   * The pieces that it is scored in: ranges of bytes of a plain file where there are workers to
   * share them, else all of it.
   *
   * @param total bytes of all files
   */
  List<FileTask> tasks(int firstTask, int workers, long total) {
    List<FileTask> tasks = new ArrayList<>();
    if (file.zipped() || workers == 1) {
      tasks.add(new FileTask(firstTask, this, offset, Long.MAX_VALUE));
      return tasks;
    }
    long range =
        Math.max(
            SMALLEST_RANGE, Math.min(LARGEST_RANGE, total / ((long) workers * RANGES_PER_WORKER)));
    for (long from = offset; from < file.size() || tasks.isEmpty(); from += range) {
      boolean last = from + range >= file.size();
      tasks.add(
          new FileTask(firstTask + tasks.size(), this, from, last ? Long.MAX_VALUE : from + range));
    }
    return tasks;
  }
}
