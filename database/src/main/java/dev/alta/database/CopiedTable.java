package dev.alta.database;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table whose rows are copied as they are, by COPY in its text format.
 *
 * @param columns in the order of the copied fields
 */
public record CopiedTable(String name, List<Column> columns) {
  /**
   * A column.
   *
   * @param type as PostgreSQL calls it
   */
  public record Column(String name, String type) {}

  public CopiedTable {
    columns = List.copyOf(columns);
  }

  /** The columns, quoted, as in a SELECT. */
  String columnNames() {
    return columns.stream()
        .map(column -> ContractTables.quoted(column.name()))
        .collect(Collectors.joining(", "));
  }
}
