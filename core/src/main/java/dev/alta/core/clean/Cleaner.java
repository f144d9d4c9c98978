package dev.alta.core.clean;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
  private final List<Column> deciding;
  private final List<Column> withMarker;
  private final List<Column> withDefault;

  public Cleaner(Contract contract) {
    deciding = columns(contract).filter(Cleaner::mayExclude).toList();
    withMarker = columns(contract).filter(c -> c.missingMarker() != null).toList();
    withDefault = columns(contract).filter(c -> c.defaultValue() != null).toList();
  }

  private static Stream<Column> columns(Contract contract) {
    return contract.columns().stream();
  }

  /** Cleans a row; the given row is not changed. */
  public Cleaned clean(Row raw) {
    return cleanInPlace(new Row(raw));
  }

  /** Cleans a row that nobody else looks at: what is kept is the row itself. */
  public Cleaned cleanInPlace(Row row) {
    Optional<Cleaned.Excluded> excluded = exclusion(row);
    if (excluded.isPresent()) {
      return excluded.get();
    }
    for (Column column : withMarker) {
      String marker = column.missingMarker();
      if (marker != null && marker.equals(row.text(column))) {
        row.clear(column);
      }
    }
    for (Column column : withDefault) {
      String fallback = column.defaultValue();
      if (fallback != null && !row.recorded(column)) {
        put(row, column, fallback);
      }
    }
    return new Cleaned.Kept(row);
  }

  /**
   * Why a row is no case, if it is none. Looks at the columns of {@link #deciding} only; others may
   * be left out of the row.
   */
  public Optional<Cleaned.Excluded> exclusion(Row raw) {
    for (Column column : deciding) {
      int position = raw.position(column);
      if (position >= 0) {
        String reason = column.values().get(position).excluded();
        if (!reason.isEmpty()) {
          return Optional.of(new Cleaned.Excluded(column, reason));
        }
      }
    }
    return Optional.empty();
  }

  /** The columns by which rows are excluded. */
  public List<Column> deciding() {
    return deciding;
  }

  private static boolean mayExclude(Column column) {
    return column.values().stream().anyMatch(value -> !value.excluded().isEmpty());
  }

  private static void put(Row row, Column column, String value) {
    switch (column.type()) {
      case TEXT -> row.put(column, value);
      case WHOLE -> row.put(column, Long.parseLong(value));
      case DECIMAL -> row.put(column, Double.parseDouble(value));
    }
  }
}
