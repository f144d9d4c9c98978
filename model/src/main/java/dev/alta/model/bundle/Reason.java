package dev.alta.model.bundle;

import dev.alta.core.contract.Column;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much a column, or columns that share features, moved a model's answer for a row.
 *
 * @param value the columns' values in the row, as a text; empty where not recorded
 * @param contribution to the margin of the class, in its unit (the logarithm of odds): above 0 it
 *     speaks for the class, below 0 against it
 */
public record Reason(List<Column> columns, String value, double contribution) {
  /** The columns' names: {@code diag_1, diag_2, diag_3}. */
  public String name() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** What people read: the label of the first column. */
  public String label() {
    return columns.get(0).label();
  }
}
