package dev.alta.core.clean;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import org.jspecify.annotations.Nullable;

/**
 * Turns an accepted row into the one that is learned from and scored. A pure function, the same for
 * the pipelines, training and the scorer.
 *
 * <ul>
 *   <li>An encounter with an excluded value (discharged to death or hospice) is no case.
 *   <li>The missing marker becomes "not recorded".
 *   <li>A left out column with a default gets it.
 * </ul>
 *
 * What was not measured ({@code None} for the laboratory columns) is a value of its own and stays.
 */
public final class Cleaner {
  private final Contract contract;

  public Cleaner(Contract contract) {
    this.contract = contract;
  }

  /** Cleans a row; the given row is not changed. */
  public Cleaned clean(Row raw) {
    Row row = new Row(raw);
    for (Column column : contract.columns()) {
      String reason = exclusion(column, row);
      if (reason != null) {
        return new Cleaned.Excluded(column, reason);
      }
      clean(column, row);
    }
    return new Cleaned.Kept(row);
  }

  private static @Nullable String exclusion(Column column, Row row) {
    int position = row.position(column);
    if (position < 0) {
      return null;
    }
    String excluded = column.values().get(position).excluded();
    return excluded.isEmpty() ? null : excluded;
  }

  private static void clean(Column column, Row row) {
    String marker = column.missingMarker();
    if (marker != null && marker.equals(row.text(column))) {
      row.clear(column);
    }
    String fallback = column.defaultValue();
    if (fallback != null && !row.recorded(column)) {
      switch (column.type()) {
        case TEXT -> row.put(column, fallback);
        case WHOLE -> row.put(column, Long.parseLong(fallback));
        case DECIMAL -> row.put(column, Double.parseDouble(fallback));
      }
    }
  }
}
