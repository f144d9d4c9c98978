package dev.alta.training.dataset;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whose the rows of one side are, in the order of their {@link Vectors}: what a bootstrap over
 * patients and figures of subgroups need.
 *
 * <p>Filled by the one that makes it, not changed afterwards.
 */
public final class RowFacts {
  private final Contract contract;
  private final List<Column> columns;
  private final long[] keys;
  private final long[] patients;
  // For each column that makes subgroups, the position of each row's value.
  private final byte[][] positions;
  private int rows;

  /**
   * Makes room.
   *
   * @param capacity rows that will be added
   */
  public RowFacts(Contract contract, int capacity) {
    this.contract = contract;
    this.columns = contract.columns().stream().filter(Column::subgroup).toList();
    this.keys = new long[capacity];
    this.patients = new long[capacity];
    this.positions = new byte[columns.size()][capacity];
  }

  /** Appends a row. */
  public void add(Row row) {
    keys[rows] = row.whole(contract.key());
    patients[rows] = row.whole(contract.patient());
    for (int i = 0; i < columns.size(); i++) {
      positions[i][rows] = (byte) row.position(columns.get(i));
    }
    rows++;
  }

  public int rows() {
    return rows;
  }

  /** The number of a row's encounter. */
  public long key(int row) {
    return keys[row];
  }

  /** The number of a row's patient. */
  public long patient(int row) {
    return patients[row];
  }

  /** How many patients there are. */
  public int patients() {
    return (int) Arrays.stream(patients, 0, rows).distinct().count();
  }

  /** The subgroups, one for each column that the contract marks. */
  public List<Grouping> groupings() {
    List<Grouping> groupings = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      byte[] ofColumn = positions[i];
      List<String> values = columns.get(i).values().stream().map(Column.Value::value).toList();
      groupings.add(new Grouping(columns.get(i).name(), values, row -> ofColumn[row]));
    }
    return List.copyOf(groupings);
  }
}
