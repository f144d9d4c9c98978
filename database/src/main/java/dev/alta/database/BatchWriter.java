package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the rows of a batch that the ledger has entered, within the same transaction. */
final class BatchWriter {
  private static final String UNIQUE_VIOLATION = "23505";
  // With a space: no column of a contract can have this name.
  private static final String LINE = "\"line of source\"";

  private final Connection connection;
  private final Contract contract;
  private final ContractTables tables;
  private final long batchId;

  BatchWriter(Connection connection, Contract contract, ContractTables tables, long batchId) {
    this.connection = connection;
    this.contract = contract;
    this.tables = tables;
    this.batchId = batchId;
  }

  void write(List<AcceptedRow> accepted, List<RejectedRow> rejected) throws SQLException {
    List<RejectedRow> allRejected = new ArrayList<>(rejected);
    Savepoint before = connection.setSavepoint();
    try {
      copyToRaw(accepted);
    } catch (SQLException failed) {
      if (!UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        throw failed;
      }
      connection.rollback(before);
      sortOut(accepted, allRejected);
    }
    copyRejected(allRejected);
  }

  private void copyToRaw(List<AcceptedRow> rows) throws SQLException {
    try (CopyWriter copy =
        new CopyWriter(connection, "raw_data (" + tables.columns() + ", batch_id)")) {
      for (AcceptedRow accepted : rows) {
        copy.row(contract, accepted.row());
        copy.field(batchId);
        copy.endRow();
      }
      copy.finish();
    }
  }

  /** The slow way, for batches with keys that are there already or come twice. */
  private void sortOut(List<AcceptedRow> rows, List<RejectedRow> rejected) throws SQLException {
    copyToIncoming(rows);
    int stored = storeNewKeys();
    Map<Long, AcceptedRow> byLine =
        rows.stream().collect(Collectors.toMap(AcceptedRow::line, Function.identity()));
    int duplicates = 0;
    try (PreparedStatement select = connection.prepareStatement(notStored())) {
      select.setLong(1, batchId);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          if (result.getBoolean(2)) {
            duplicates++;
          } else {
            rejected.add(conflict(Objects.requireNonNull(byLine.get(result.getLong(1)))));
          }
        }
      }
    }
    Ledger.correct(connection, batchId, stored, rejected.size(), duplicates);
  }

  private void copyToIncoming(List<AcceptedRow> rows) throws SQLException {
    ContractTables.execute(
        connection,
        "CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT "
            + tables.columns()
            + ", 0::bigint AS "
            + LINE
            + " FROM raw_data WITH NO DATA");
    try (CopyWriter copy =
        new CopyWriter(connection, "incoming (" + tables.columns() + ", " + LINE + ")")) {
      for (AcceptedRow accepted : rows) {
        copy.row(contract, accepted.row());
        copy.field(accepted.line());
        copy.endRow();
      }
      copy.finish();
    }
  }

  private int storeNewKeys() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO raw_data ("
                + tables.columns()
                + ", batch_id) SELECT DISTINCT ON ("
                + tables.key()
                + ") "
                + tables.columns()
                + ", ? FROM incoming ORDER BY "
                + tables.key()
                + ", "
                + LINE
                + " ON CONFLICT DO NOTHING")) {
      insert.setLong(1, batchId);
      return insert.executeUpdate();
    }
  }

  /** Line of every row that was not stored, and whether the one that was has the same values. */
  private String notStored() {
    return "SELECT line, same FROM (SELECT i."
        + LINE
        + " AS line, ROW("
        + tables.columns("i.")
        + ") IS NOT DISTINCT FROM ROW("
        + tables.columns("r.")
        + ") AS same, r.batch_id = ? AND i."
        + LINE
        + " = min(i."
        + LINE
        + ") OVER (PARTITION BY i."
        + tables.key()
        + ") AS stored FROM incoming i JOIN raw_data r ON r."
        + tables.key()
        + " = i."
        + tables.key()
        + ") AS compared WHERE NOT stored ORDER BY line";
  }

  private RejectedRow conflict(AcceptedRow row) {
    String key = String.valueOf(row.row().asText(contract.key()));
    Violation violation =
        new Violation(
            contract.key().name(),
            key,
            "no conflict: the row that is stored under this key has other values");
    return new RejectedRow(row.line(), List.of(violation), row.rawText());
  }

  private void copyRejected(List<RejectedRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (CopyWriter copy =
        new CopyWriter(connection, "rejected_rows (batch_id, line, reasons, raw_text)")) {
      for (RejectedRow rejected : rows) {
        copy.field(batchId);
        copy.field(rejected.line());
        copy.field(Json.reasons(rejected.reasons()));
        copy.field(rejected.rawText());
        copy.endRow();
      }
      copy.finish();
    }
  }
}
