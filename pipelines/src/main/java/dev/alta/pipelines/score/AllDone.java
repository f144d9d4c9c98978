package dev.alta.pipelines.score;

import java.io.Serializable;
import java.util.List;

/** All tasks of a run, once they are published. */
record AllDone(List<TaskDone> tasks) implements Serializable {}
