package dev.alta.core.profile;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Role;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cleaned rows of a batch, column by column. */
public final class BatchTally implements Serializable {
  private final long batch;
  private final ColumnTally[] columns;
  private long rows;
  private long excluded;

  /** Of no rows yet. */
  public BatchTally(Contract contract, long batch) {
    this.batch = batch;
    this.columns =
        contract.columns().stream()
            .map(column -> new ColumnTally(listed(column).size()))
            .toArray(ColumnTally[]::new);
  }

  /** The values by which a column is counted: the contract's, or the groups of its codes. */
  static List<String> listed(Column column) {
    if (column.role() == Role.CODE) {
      return CodeGroups.of(column.codeSystem()).names();
    }
    return column.values().stream().map(Column.Value::value).toList();
  }

  /** Numbers of encounters and patients say nothing; all other columns are counted. */
  static boolean isCounted(Column column) {
    return column.role() != Role.KEY && column.role() != Role.PATIENT;
  }

  /** Counts a row of the contract. */
  public void add(Row row) {
    rows++;
    List<Column> all = row.contract().columns();
    for (int i = 0; i < columns.length; i++) {
      add(all.get(i), columns[i], row);
    }
  }

  /** Counts a row that is no case and has no part in the columns. */
  public void exclude() {
    excluded++;
  }

  /** Rows counted column by column. */
  public long rows() {
    return rows;
  }

  /** Rows that are no cases. */
  public long excluded() {
    return excluded;
  }

  long batch() {
    return batch;
  }

  ColumnTally column(int index) {
    return columns[index];
  }

  int columns() {
    return columns.length;
  }

  private static void add(Column column, ColumnTally tally, Row row) {
    if (!row.recorded(column)) {
      tally.addMissing();
    } else if (!isCounted(column)) {
      return;
    } else if (column.role() == Role.CODE) {
      tally.addListed(CodeGroups.of(column.codeSystem()).groupOf(text(column, row)));
    } else if (!column.values().isEmpty()) {
      int position = row.position(column);
      if (position >= 0) {
        tally.addListed(position);
      } else {
        tally.addText(text(column, row));
      }
    } else if (column.type() == Column.Type.TEXT) {
      tally.addText(text(column, row));
    } else {
      tally.addNumber(row.number(column));
    }
  }

  private static String text(Column column, Row row) {
    @Nullable String text = row.asText(column);
    return text == null ? "" : text;
  }
}
