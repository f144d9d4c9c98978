package dev.alta.training.dataset;

import java.util.List;

/**
 * Which of a column's values each row has.
 *
 * @param column its name
 * @param values as the contract lists them
 */
public record Grouping(String column, List<String> values, RowValues ofRows) {
  /** For each row an index. */
  @FunctionalInterface
  public interface RowValues {
    /** Index among the values; -1 where the row's value is not recorded or not listed. */
    int at(int row);
  }
}
