package dev.alta.pipelines.score;

import dev.alta.pipelines.csv.RecordSplitter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The records of a task. Where it begins in the middle of a file, it takes the first line end for
 * that of a record. That is wrong where the line end is within quotes; so it says at which byte its
 * first record and the first one of the next task begin: if all tasks of a file agree, none of them
 * was wrong, since the first one knows where it begins.
 */
final class TaskRecords implements Closeable {
  /** Instead of an offset: there is no record any more. */
  static final long END = Long.MAX_VALUE;

  private final InputStream in;
  private final RecordSplitter records;
  private final FileTask task;
  private long first = END;
  private long firstLine;
  private long next = END;
  private long nextLine;

  private TaskRecords(InputStream in, RecordSplitter records, FileTask task) {
    this.in = in;
    this.records = records;
    this.task = task;
  }

  static TaskRecords open(FileTask task) throws IOException {
    long from = task.isFirst() ? task.from() : task.from() - 1;
    InputStream in = task.input().file().open(from);
    try {
      if (!task.isFirst()) {
        from += skipLine(in);
      }
      long line = task.isFirst() ? task.input().line() : 0;
      return new TaskRecords(in, new RecordSplitter(in, from, line), task);
    } catch (IOException failed) {
      in.close();
      throw failed;
    }
  }

  private static long skipLine(InputStream in) throws IOException {
    for (long skipped = 1; ; skipped++) {
      int b = in.read();
      if (b < 0 || b == '\n') {
        return skipped;
      }
    }
  }

  /** Goes to the next record that begins in the task's range. */
  boolean next() throws IOException {
    boolean found = records.next();
    nextLine = found ? records.line() : records.nextLine();
    if (first == END && found) {
      first = records.offset();
      firstLine = task.isFirst() ? 0 : records.line();
    }
    if (found && records.offset() >= task.to()) {
      next = records.offset();
      return false;
    }
    return found;
  }

  byte[] bytes() {
    return records.bytes();
  }

  /** Line of the record: in the file for its first task, else counted from the first record on. */
  long line() {
    return records.line() - firstLine;
  }

  /** Offset of the first record that begins at or behind the task's first byte. */
  long first() {
    return first;
  }

  /** Offset of the first record that begins behind the task's range. */
  long nextTask() {
    return next;
  }

  /** Line of that record, counted as {@link #line()}. */
  long nextTaskLine() {
    return nextLine - firstLine;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
