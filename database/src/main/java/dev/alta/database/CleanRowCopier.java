package dev.alta.database;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Copies cleaned rows, with the groups of their codes, to the table of a run. */
final class CleanRowCopier {
  private final Contract contract;
  private final ContractTables tables;

  CleanRowCopier(Contract contract, ContractTables tables) {
    this.contract = contract;
    this.tables = tables;
  }

  void copy(Connection connection, long run, long batchId, Iterable<CleanRow> rows)
      throws SQLException {
    String target = CleanDataDraft.table(run) + " (" + tables.cleanColumns() + ")";
    try (CopyWriter copy = new CopyWriter(connection, target)) {
      for (CleanRow clean : rows) {
        copy.row(contract, clean.row());
        for (Column code : tables.codes()) {
          copy.field(group(code, clean.row()));
        }
        copy.field(clean.side().label());
        copy.field(batchId);
        copy.field(run);
        copy.endRow();
      }
      copy.finish();
    }
  }

  private static @Nullable String group(Column code, Row row) {
    String text = row.asText(code);
    if (text == null) {
      return null;
    }
    CodeGroups groups = CodeGroups.of(code.codeSystem());
    return groups.names().get(groups.groupOf(text));
  }
}
