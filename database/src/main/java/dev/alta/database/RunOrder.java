package dev.alta.database;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * The batches that a run is to store, in their order: the sources as listed, the batches of each by
 * number. Workers store them in any order; the outcome is as if they had kept to this one.
 */
public record RunOrder(List<OfSource> sources) implements Serializable {
  /** The batches of one source. */
  public record OfSource(String source, Set<Integer> numbers) implements Serializable {
    public OfSource {
      numbers = Set.copyOf(numbers);
    }
  }

  public RunOrder {
    sources = List.copyOf(sources);
  }

  /** A run of this batch alone. */
  static RunOrder of(IngestBatch batch) {
    return new RunOrder(List.of(new OfSource(batch.source(), Set.of(batch.number()))));
  }

  boolean contains(IngestBatch batch) {
    return place(batch) >= 0;
  }

  /** Whether a batch comes later than another one of this run. */
  boolean isLater(IngestBatch batch, IngestBatch than) {
    int place = place(batch);
    int other = place(than);
    return place > other || (place == other && batch.number() > than.number());
  }

  private int place(IngestBatch batch) {
    for (int i = 0; i < sources.size(); i++) {
      OfSource ofSource = sources.get(i);
      if (ofSource.source().equals(batch.source()) && ofSource.numbers().contains(batch.number())) {
        return i;
      }
    }
    return -1;
  }
}
