package dev.alta.database;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A batch on its way into the table of a run: takes its rows one by one and keeps none. */
public final class CleanBatch implements AutoCloseable {
  private final Contract contract;
  private final List<Column> codes;
  private final long run;
  private final long batchId;
  private final CopyWriter copy;
  private final Map<String, Long> excluded = new TreeMap<>();
  private long kept;

  CleanBatch(
      Connection connection, Contract contract, ContractTables tables, long run, long batchId)
      throws SQLException {
    this.contract = contract;
    this.codes = tables.codes();
    this.run = run;
    this.batchId = batchId;
    this.copy =
        new CopyWriter(connection, CleanDataDraft.table(run) + " (" + tables.cleanColumns() + ")");
  }

  /** Takes a cleaned row and the side of its patient. */
  public void keep(Row row, Side side) {
    try {
      copy.row(contract.columns(), row);
      for (int i = 0; i < codes.size(); i++) {
        copy.field(group(codes.get(i), row));
      }
      copy.field(side.label());
      copy.field(batchId);
      copy.field(run);
      copy.endRow();
      kept++;
    } catch (SQLException failed) {
      throw DatabaseException.of("writing clean_data", failed);
    }
  }

  /** Counts a row that is no case for the prediction. */
  public void exclude(String reason) {
    excluded.merge(reason, 1L, Long::sum);
  }

  /** Rows kept so far. */
  public long kept() {
    return kept;
  }

  /** Rows excluded so far, by reason. */
  public Map<String, Long> excluded() {
    return excluded;
  }

  void finish() throws SQLException {
    copy.finish();
  }

  @Override
  public void close() throws SQLException {
    copy.close();
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
