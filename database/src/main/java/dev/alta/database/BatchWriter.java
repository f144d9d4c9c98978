package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.database.RejectedRow.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the rows of a batch that the ledger has entered, within the same transaction. */
final class BatchWriter {
  private static final String UNIQUE_VIOLATION = "23505";
  // With a space: no column of a contract can have this name.
  private static final String LINE = "\"line of source\"";

  // serialization_failure: the transaction is tried again.
  private static final String TRY_AGAIN = "40001";

  private final Connection connection;
  private final Contract contract;
  private final ContractTables tables;
  private final Collisions collisions;
  private final long batchId;

  BatchWriter(
      Connection connection,
      Contract contract,
      ContractTables tables,
      Collisions collisions,
      long batchId) {
    this.connection = connection;
    this.contract = contract;
    this.tables = tables;
    this.collisions = collisions;
    this.batchId = batchId;
  }

  /** Writes them; or nothing, and gives false, where the batch must wait for earlier ones. */
  boolean write(AcceptedRows accepted, List<RejectedRow> rejected) throws SQLException {
    List<RejectedRow> allRejected = new ArrayList<>(rejected);
    Savepoint before = connection.setSavepoint();
    try {
      copyToRaw(accepted);
    } catch (SQLException failed) {
      if (!UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        throw failed;
      }
      connection.rollback(before);
      copyToIncoming(accepted);
      if (!collisions.makeRoom(batchId)) {
        return false;
      }
      sortOut(accepted, allRejected);
    }
    copyRejected(allRejected);
    return true;
  }

  private void copyToRaw(AcceptedRows rows) throws SQLException {
    try (CopyWriter copy =
        new CopyWriter(connection, "raw_data (" + tables.rawColumns() + ", batch_id)")) {
      rows.copyTo(copy, batchId);
      copy.finish();
    }
  }

  /** The slow way, for batches with keys that are there already or come twice. */
  private void sortOut(AcceptedRows rows, List<RejectedRow> rejected) throws SQLException {
    int stored = storeNewKeys();
    if (collisions.anyLater(batchId)) {
      throw new SQLException("a later batch was quicker", TRY_AGAIN);
    }
    int duplicates = 0;
    try (PreparedStatement select = connection.prepareStatement(notStored())) {
      select.setLong(1, batchId);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          if (result.getBoolean(2)) {
            duplicates++;
          } else {
            rejected.add(conflict(result.getLong(1), result.getString(3), rows));
          }
        }
      }
    }
    Ledger.correct(connection, batchId, stored, rejected.size(), duplicates);
  }

  private void copyToIncoming(AcceptedRows rows) throws SQLException {
    ContractTables.execute(
        connection,
        "CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT "
            + tables.rawColumns()
            + ", 0::bigint AS "
            + LINE
            + " FROM raw_data WITH NO DATA");
    try (CopyWriter copy =
        new CopyWriter(connection, "incoming (" + tables.rawColumns() + ", " + LINE + ")")) {
      rows.copyWithLinesTo(copy);
      copy.finish();
    }
  }

  private int storeNewKeys() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO raw_data ("
                + tables.rawColumns()
                + ", batch_id) SELECT DISTINCT ON ("
                + tables.key()
                + ") "
                + tables.rawColumns()
                + ", ? FROM incoming ORDER BY "
                + tables.key()
                + ", "
                + LINE
                + " ON CONFLICT DO NOTHING")) {
      insert.setLong(1, batchId);
      return insert.executeUpdate();
    }
  }

  /**
   * Line and key of every row that was not stored, and whether the one that was has the same
   * values.
   */
  private String notStored() {
    return "SELECT line, same, key FROM (SELECT i."
        + LINE
        + " AS line, i."
        + tables.key()
        + "::text AS key, ROW("
        + tables.rawColumns("i.")
        + ") IS NOT DISTINCT FROM ROW("
        + tables.rawColumns("r.")
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

  private RejectedRow conflict(long line, String key, AcceptedRows rows) {
    Violation violation =
        new Violation(
            contract.key().name(),
            key,
            "no conflict: the row that is stored under this key has other values");
    return new RejectedRow(line, Reason.CONFLICT, List.of(violation), rows.rawText(line));
  }

  private void copyRejected(List<RejectedRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (CopyWriter copy =
        new CopyWriter(connection, "rejected_rows (batch_id, line, reason, reasons, raw_text)")) {
      for (RejectedRow rejected : rows) {
        copy.field(batchId);
        copy.field(rejected.line());
        copy.field(rejected.reason().name().toLowerCase(Locale.ROOT));
        copy.field(Json.reasons(rejected.violations()));
        copy.field(rejected.rawText());
        copy.endRow();
      }
      copy.finish();
    }
  }
}
