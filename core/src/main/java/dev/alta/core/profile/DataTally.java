package dev.alta.core.profile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of many batches: sums over all of them and, of each batch, what is needed to see how it
 * differs from the others. The same in whatever order the batches come.
 */
public final class DataTally implements Serializable {
  /** A column of a batch: missing rows, sum of its numbers, rows with each of the listed values. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(long missing, double sum, long[] listed) implements Serializable {
    Part plus(Part other) {
      long[] both = listed.clone();
      for (int i = 0; i < both.length; i++) {
        both[i] += other.listed[i];
      }
      return new Part(missing + other.missing, sum + other.sum, both);
    }
  }

  /** A batch, or neighbouring ones, in which case {@code last} is another than {@code first}. */
  record Batch(long first, long last, long rows, List<Part> columns) implements Serializable {
    Batch plus(Batch next) {
      List<Part> both = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        both.add(columns.get(i).plus(next.columns.get(i)));
      }
      return new Batch(first, next.last, rows + next.rows, both);
    }
  }

  private final ArrayList<Batch> batches = new ArrayList<>();
  private ColumnTally @Nullable [] columns;

  /** Adds a batch. */
  public void add(BatchTally batch) {
    ColumnTally[] sums = columns(batch.columns(), batch);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      ColumnTally column = batch.column(i);
      sums[i].add(column);
      NumberTally numbers = column.numbers();
      double sum = numbers.count() == 0 ? 0 : numbers.mean() * numbers.count();
      parts.add(new Part(column.missing(), sum, column.listed().clone()));
    }
    batches.add(new Batch(batch.batch(), batch.batch(), batch.rows(), parts));
  }

  /** Adds all that the other one has counted. */
  public void add(DataTally other) {
    batches.addAll(other.batches);
    if (other.columns != null) {
      if (columns == null) {
        columns = empty(other.columns);
      }
      for (int i = 0; i < columns.length; i++) {
        columns[i].add(other.columns[i]);
      }
    }
  }

  long rows() {
    return batches.stream().mapToLong(Batch::rows).sum();
  }

  /** Of a contract's column; null where no batch was added. */
  @Nullable ColumnTally column(int index) {
    return columns == null ? null : columns[index];
  }

  /** In the order of their numbers, neighbours taken together until there are no more than this. */
  List<Batch> batches(int most) {
    List<Batch> inOrder = batches.stream().sorted(Comparator.comparingLong(Batch::first)).toList();
    int together = Math.max(1, (inOrder.size() + most - 1) / most);
    List<Batch> joined = new ArrayList<>();
    for (int from = 0; from < inOrder.size(); from += together) {
      joined.add(
          inOrder.subList(from, Math.min(inOrder.size(), from + together)).stream()
              .reduce(Batch::plus)
              .orElseThrow());
    }
    return joined;
  }

  private ColumnTally[] columns(int number, BatchTally like) {
    if (columns == null) {
      ColumnTally[] models = new ColumnTally[number];
      for (int i = 0; i < number; i++) {
        models[i] = like.column(i);
      }
      columns = empty(models);
    }
    return columns;
  }

  private static ColumnTally[] empty(ColumnTally[] like) {
    ColumnTally[] empty = new ColumnTally[like.length];
    for (int i = 0; i < like.length; i++) {
      empty[i] = new ColumnTally(like[i].listed().length);
    }
    return empty;
  }
}
