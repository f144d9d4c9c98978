package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.csv.CsvFile;
import java.io.IOException;

/** Scores pieces of files. */
final class ScoreFilesFn extends ScoreFn<FileTask> {
  ScoreFilesFn(
      Contract contract, PinnedModel model, int reasons, Output output, EnteredRun entered) {
    super(contract, model, reasons, output, entered);
  }

  @ProcessElement
  public void score(@Element FileTask task, OutputReceiver<TaskDone> out) {
    CsvFile file = task.input().file();
    file.requireUnchanged();
    Task work = begin(task.number(), file.path(), task.input().header());
    try (TaskRecords records = TaskRecords.open(task)) {
      while (records.next()) {
        work.add(records.bytes(), records.line());
      }
      file.requireUnchanged();
      out.output(
          new TaskDone(
              task.number(),
              file.path(),
              task.isFirst(),
              records.first(),
              records.nextTask(),
              records.nextTaskLine(),
              work.end()));
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
  }
}
