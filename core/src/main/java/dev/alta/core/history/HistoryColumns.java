package dev.alta.core.history;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.History;
import dev.alta.core.contract.Row;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the columns of a contract that have a {@link History}. Of an encounter nothing goes in but
 * the patient's encounters with smaller keys: what was known when it ended.
 *
 * <p>Values travel as whole numbers, {@link #NOT_RECORDED} where there is none. Immutable.
 */
public final class HistoryColumns {
  /** Instead of a value. */
  public static final long NOT_RECORDED = Long.MIN_VALUE;

  private final List<Column> made;
  private final List<Column> sources;

  private HistoryColumns(List<Column> made) {
    this.made = made;
    this.sources =
        made.stream()
            .flatMap(column -> Stream.ofNullable(history(column).source()))
            .distinct()
            .toList();
  }

  public static HistoryColumns of(Contract contract) {
    return new HistoryColumns(
        contract.columns().stream().filter(column -> column.history() != null).toList());
  }

  /** Whether the contract has no such columns. */
  public boolean isEmpty() {
    return made.isEmpty();
  }

  /** The columns that are made, in the order of the contract. */
  public List<Column> made() {
    return made;
  }

  /** What must be known of the earlier encounters, beside their keys. */
  public List<Column> sources() {
    return sources;
  }

  /**
   * Reads the {@link #sources} of an encounter.
   *
   * @param values where they are written to
   * @param from index of the first one there
   */
  public void read(Row encounter, long[] values, int from) {
    for (int i = 0; i < sources.size(); i++) {
      Column source = sources.get(i);
      values[from + i] = encounter.recorded(source) ? encounter.whole(source) : NOT_RECORDED;
    }
  }

  /** Puts what {@link Tally#at} gave into a row; what is not recorded stays as it is. */
  public void put(Row row, long[] values, int from) {
    for (int i = 0; i < made.size(); i++) {
      if (values[from + i] != NOT_RECORDED) {
        row.put(made.get(i), values[from + i]);
      }
    }
  }

  /** A patient of whom nothing is known. */
  public Tally nothing() {
    return new Tally();
  }

  private static History history(Column column) {
    History history = column.history();
    if (history == null) {
      throw new IllegalStateException(column + " has no history");
    }
    return history;
  }

  /** What is known of one patient so far. Not safe for use by several threads. */
  public final class Tally {
    private final long[] sums = new long[sources.size()];
    private final long[] last = new long[sources.size()];
    private long encounters;
    private long lastKey;

    private Tally() {
      Arrays.fill(last, NOT_RECORDED);
    }

    /**
     * Adds an encounter.
     *
     * @param key greater than that of any added before
     * @param values has what {@link #read} wrote
     * @param from index of the first one
     */
    public void add(long key, long[] values, int from) {
      if (encounters > 0 && key <= lastKey) {
        throw new IllegalArgumentException("key: not in order (expected: greater than the last)");
      }
      encounters++;
      lastKey = key;
      for (int i = 0; i < last.length; i++) {
        last[i] = values[from + i];
        sums[i] += last[i] == NOT_RECORDED ? 0 : last[i];
      }
    }

    /** Whether no encounter was added. */
    public boolean isEmpty() {
      return encounters == 0;
    }

    /**
     * The values of the columns that are made, for an encounter that comes next.
     *
     * @param key its key; {@link #NOT_RECORDED} where it has none yet
     * @param values where they are written to
     * @param from index of the first one there
     */
    public void at(long key, long[] values, int from) {
      for (int i = 0; i < made.size(); i++) {
        values[from + i] = encounters == 0 ? NOT_RECORDED : value(history(made.get(i)), key);
      }
    }

    private long value(History history, long key) {
      return switch (history.rule()) {
        case COUNT -> encounters;
        case SUM -> sums[index(history.source())];
        case LAST -> last[index(history.source())];
        case KEYS_SINCE_LAST -> key == NOT_RECORDED ? NOT_RECORDED : key - lastKey;
        default -> throw new IllegalStateException("rule " + history.rule());
      };
    }

    private int index(@Nullable Column source) {
      return sources.indexOf(source);
    }
  }
}
