package dev.alta.pipelines.score;

import dev.alta.database.RunCounts;
import java.io.Serializable;
import java.util.List;

/** All tasks of a run, once they are published. */
record AllDone(List<TaskDone> tasks) implements Serializable {
  RunCounts counts() {
    return RunCounts.sum(
        tasks.stream().flatMap(task -> task.parts().stream()).map(TaskDone.Part::counts).toList());
  }
}
