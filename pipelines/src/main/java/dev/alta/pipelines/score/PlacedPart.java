package dev.alta.pipelines.score;

import dev.alta.pipelines.PipelineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part, and where in the input it belongs.
 *
 * @param source the file or query
 * @param linesBefore what is to be added to the lines that its worker has counted
 */
record PlacedPart(TaskDone.Part part, String source, long linesBefore) {
  /**
   * The parts of all tasks in the order of the input.
   *
   * @throws PipelineException if two tasks do not agree on where the records of a file begin
   */
  static List<PlacedPart> of(Iterable<TaskDone> done) {
    List<TaskDone> tasks = new ArrayList<>();
    done.forEach(tasks::add);
    tasks.sort(Comparator.comparingInt(TaskDone::number));
    List<PlacedPart> parts = new ArrayList<>();
    long next = TaskRecords.END;
    long line = 0;
    for (TaskDone task : tasks) {
      if (task.isFirst()) {
        line = 0;
      } else if (task.first() != next) {
        throw new PipelineException(
            task.source()
                + ": a line break within quotes near byte "
                + Math.min(next, task.first())
                + " (expected: none where a file is read by several workers; use --parallelism 1,"
                + " or compress it by gzip)");
      }
      long before = line;
      task.parts().forEach(part -> parts.add(new PlacedPart(part, task.source(), before)));
      next = task.next();
      line = before + task.nextLine();
    }
    return parts;
  }
}
