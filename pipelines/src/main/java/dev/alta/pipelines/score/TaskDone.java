package dev.alta.pipelines.score;

import dev.alta.database.RunCounts;
import java.io.Serializable;
import java.util.List;

/**
 * A task that was done, and where its records lie.
 *
 * @param source what it is of, for people
 * @param first offset of its first record
 * @param next offset of the first record of the next task
 * @param nextLine line of that, counted from the first record on unless the task is a source's
 *     first
 */
record TaskDone(
    int number,
    String source,
    boolean isFirst,
    long first,
    long next,
    long nextLine,
    List<Part> parts)
    implements Serializable {
  private static final long MOST_PARTS = 1_000_000;

  /** Rows that were written together; numbers are in the order of the input. */
  record Part(long number, int scored, int unscored) implements Serializable {
    RunCounts counts() {
      return new RunCounts((long) scored + unscored, scored, unscored, 1);
    }
  }

  /** Of the n-th part of a task, from 0 on. */
  static long partNumber(int task, int n) {
    return task * MOST_PARTS + n;
  }
}
