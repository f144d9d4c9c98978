package dev.alta.pipelines.score;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The lines of all parts: one part after the other, or merged by falling risk. */
final class PartLines implements LineStream.Lines {
  private static final Comparator<PartCursor> BY_RISK =
      Comparator.comparingDouble((PartCursor cursor) -> -cursor.risk())
          .thenComparingLong(PartCursor::number)
          .thenComparingInt(PartCursor::part);

  private final Queue<PartCursor> cursors;
  private final boolean ranked;
  // Gave the last line, and is not in the queue.
  private @Nullable PartCursor current;

  private PartLines(Queue<PartCursor> cursors, boolean ranked) {
    this.cursors = cursors;
    this.ranked = ranked;
  }

  static PartLines inOrder(List<PartCursor> parts) {
    return new PartLines(new ArrayDeque<>(parts), false);
  }

  /** Merges parts whose lines are each in the order of falling risk. */
  static PartLines ranked(List<PartCursor> parts) throws IOException {
    PriorityQueue<PartCursor> queue = new PriorityQueue<>(BY_RISK);
    for (PartCursor part : parts) {
      if (part.next()) {
        queue.add(part);
      }
    }
    return new PartLines(queue, true);
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    return ranked ? nextRanked() : nextInOrder();
  }

  private byte @Nullable [] nextRanked() throws IOException {
    if (current != null && current.next()) {
      cursors.add(current);
    }
    current = cursors.poll();
    return current == null ? null : current.line();
  }

  private byte @Nullable [] nextInOrder() throws IOException {
    while (current == null || !current.next()) {
      current = cursors.poll();
      if (current == null) {
        return null;
      }
    }
    return current.line();
  }
}
