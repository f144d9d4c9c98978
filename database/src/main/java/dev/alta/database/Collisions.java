package dev.alta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Batches that have a key in common with one that is being stored. Which of several rows with the
 * same key stays must not depend on which worker was quicker: it is the one that comes first in the
 * order of the run.
 */
final class Collisions {
  private final Connection connection;
  private final ContractTables tables;
  private final RunOrder order;
  private final IngestBatch batch;

  Collisions(Connection connection, ContractTables tables, RunOrder order, IngestBatch batch) {
    this.connection = connection;
    this.tables = tables;
    this.order = order;
    this.batch = batch;
  }

  /**
   * Makes room: batches of the run that come later are taken back, to be stored again. Before that
   * they cannot be right, as their rows were compared with the wrong ones.
   *
   * @param batchId of the batch at hand, whose rows are in the table {@code incoming}
   * @return false where the batch must wait, since one with the same keys comes earlier in the run,
   *     and perhaps another one that is not stored yet
   */
  boolean makeRoom(long batchId) throws SQLException {
    boolean anyEarlier = false;
    for (LedgerEntry other : others(batchId)) {
      if (isLater(other)) {
        withdraw(other);
      } else {
        anyEarlier |= order.contains(other.batch());
      }
    }
    return !anyEarlier || allEarlierStored();
  }

  /** Whether a later batch of the run has stored a row with the same key in the meantime. */
  boolean anyLater(long batchId) throws SQLException {
    return others(batchId).stream().anyMatch(this::isLater);
  }

  private boolean isLater(LedgerEntry other) {
    return order.contains(other.batch()) && order.isLater(other.batch(), batch);
  }

  private List<LedgerEntry> others(long batchId) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT r.batch_id FROM incoming i JOIN raw_data r ON r."
                + tables.key()
                + " = i."
                + tables.key()
                + " WHERE r.batch_id <> ?")) {
      select.setLong(1, batchId);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          ids.add(result.getLong(1));
        }
      }
    }
    return Ledger.of(connection, ids);
  }

  private boolean allEarlierStored() throws SQLException {
    for (RunOrder.OfSource ofSource : order.sources()) {
      Set<Integer> missing = new HashSet<>(ofSource.numbers());
      for (LedgerEntry entry : Ledger.of(connection, ofSource.source())) {
        missing.remove(entry.batch().number());
      }
      if (ofSource.source().equals(batch.source()) && ofSource.numbers().contains(batch.number())) {
        return missing.stream().allMatch(number -> number > batch.number());
      }
      if (!missing.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void withdraw(LedgerEntry entry) throws SQLException {
    for (String table : List.of("raw_data", "rejected_rows", "ingest_batch")) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE batch_id = ?")) {
        delete.setLong(1, entry.batchId());
        delete.executeUpdate();
      }
    }
    Watermarks.stepBack(connection, entry.batch());
  }
}
