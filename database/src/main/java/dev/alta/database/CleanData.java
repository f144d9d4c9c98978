package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The table {@code clean_data}: cleaned rows, each on its side of the split. Safe for use by
 * several threads.
 *
 * <p>It is published as a whole: a reader sees all of the previous generation or all of the new
 * one. The table is partitioned by generation and has one partition. A new one is copied into a
 * table beside it, indexed and checked there, and takes the place of the old one in a transaction
 * of milliseconds. Copying beats a DELETE and INSERT of everything, and unlike two tables that
 * change names this keeps the rights that were granted and the views that were made on {@code
 * clean_data}.
 */
public final class CleanData {
  private final Connections connections;
  private final Contract contract;
  private final ContractTables tables;

  CleanData(Connections connections, Contract contract, ContractTables tables) {
    this.connections = connections;
    this.contract = contract;
    this.tables = tables;
  }

  /** What is published now; empty before the first time. */
  public Optional<Generation> latestGeneration() {
    return connections.inTransaction("reading clean_data_generation", Generations::latest);
  }

  /**
   * Reads the rows of one side in the order of their keys, a portion at a time.
   *
   * @return the generation that they are of
   * @throws DatabaseException if nothing was published yet
   */
  public Generation read(Side side, Consumer<Row> rows) {
    return read(Optional.of(side), (found, row) -> rows.accept(row));
  }

  /**
   * Reads the rows of all sides, which are then of one generation, in the order of their keys.
   *
   * @return the generation that they are of
   * @throws DatabaseException if nothing was published yet
   */
  public Generation read(BiConsumer<Side, Row> rows) {
    return read(Optional.empty(), rows);
  }

  /** Begins a new generation; only one at a time, over all processes. */
  public CleanDataDraft begin() {
    return CleanDataDraft.begin(connections, tables);
  }

  /**
   * Writes the rows of one batch to the generation of a run. What was written before, or is being
   * written by another attempt at this moment, is left alone: every batch is there once however
   * often it is tried.
   *
   * @param run what {@link CleanDataDraft#run} said
   * @param excluded rows of the batch that are no cases for the prediction, by reason
   * @return whether the rows were written by this call
   */
  public boolean write(long run, long batchId, List<CleanRow> rows, Map<String, Long> excluded) {
    return connections.inTransaction(
        "writing clean_data",
        connection -> {
          if (!RunTables.enter(connection, run, batchId, rows.size(), excluded)) {
            return false;
          }
          new CleanRowCopier(contract, tables).copy(connection, run, batchId, rows);
          return true;
        });
  }

  /** Keeps the split that the rows of a run follow; the first one stays. */
  public void save(long run, SplitPlan plan) {
    connections.inTransaction(
        "keeping the split plan",
        connection -> {
          RunTables.save(connection, run, plan);
          return run;
        });
  }

  /** Rows of a run that are written or excluded so far. */
  public long rowsDone(long run) {
    return connections.inTransaction("reading clean_data_chunk", c -> RunTables.rows(c, run));
  }

  private Generation read(Optional<Side> side, BiConsumer<Side, Row> rows) {
    return connections.inTransaction(
        "reading clean_data",
        connection -> {
          // So that the generation read next and the rows belong together.
          ContractTables.execute(connection, "LOCK TABLE clean_data IN ACCESS SHARE MODE");
          Generation generation =
              Generations.latest(connection)
                  .orElseThrow(
                      () ->
                          new DatabaseException(
                              "clean_data: nothing there yet (expected: a prepare run)"));
          read(connection, side, rows);
          return generation;
        });
  }

  private void read(Connection connection, Optional<Side> side, BiConsumer<Side, Row> rows)
      throws SQLException {
    String condition = side.isPresent() ? " WHERE dataset = ?" : "";
    try (PreparedStatement select =
        RowReader.streaming(
            connection,
            "SELECT "
                + tables.columns()
                + ", dataset FROM clean_data"
                + condition
                + " ORDER BY "
                + tables.key())) {
      if (side.isPresent()) {
        select.setString(1, side.get().label());
      }
      int dataset = contract.size() + 1;
      new RowReader(contract)
          .read(select, (row, result) -> rows.accept(Side.of(result.getString(dataset)), row));
    }
  }
}
