package dev.alta.core.drift;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far rows have moved from the reference.
 *
 * @param rows that are compared
 * @param referenceRows that they are compared with
 * @param columns the inputs that both have, those that moved most first
 */
public record InputDrift(long rows, long referenceRows, List<ColumnDrift> columns) {
  public InputDrift {
    columns =
        columns.stream().sorted(Comparator.comparingDouble(ColumnDrift::psi).reversed()).toList();
  }

  /** Mean index of the columns; 0 where there are none. */
  public double mean() {
    return columns.stream().mapToDouble(ColumnDrift::psi).average().orElse(0);
  }

  /** Whether the mean has come to this much, and to more than chance explains. */
  public boolean meanReaches(double limit) {
    double chance = columns.stream().mapToDouble(ColumnDrift::chance).average().orElse(0);
    return mean() >= limit && mean() > chance;
  }

  /** A column by its name. */
  public Optional<ColumnDrift> column(String name) {
    return columns.stream().filter(column -> column.column().equals(name)).findFirst();
  }
}
