package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import dev.alta.proto.v1.SplitCertificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

  /** What was published under a number, if anything was. */
  public Optional<Generation> generation(long number) {
    return connections.inTransaction(
        "reading clean_data_generation", c -> Generations.find(c, number));
  }

  /**
   * The certificate of the split that is published, as it follows from the tables; empty before the
   * first time.
   *
   * @throws DatabaseException if the tables contradict each other
   */
  public Optional<SplitCertificate> certificate() {
    return connections.inTransaction(
        "reading the split",
        connection -> {
          Optional<Generation> latest = Generations.latest(connection);
          if (latest.isEmpty()) {
            return Optional.empty();
          }
          Generation generation = latest.get();
          try {
            SplitPlan plan = Thresholds.read(connection, generation.number(), generation.seed());
            return Optional.of(Certificates.of(contract, generation, plan));
          } catch (IllegalArgumentException contradiction) {
            throw new DatabaseException(
                "split of generation " + generation.number() + ": " + contradiction.getMessage(),
                contradiction);
          }
        });
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

  /**
   * Begins a new generation; only one at a time, over all processes. One that was begun before and
   * goes on without the process that began it is overtaken: it can write and publish no more.
   *
   * @param inputSha256 digest over all that decides the result: batches, contract, seed
   * @param rowsRead rows of raw_data that will go in
   * @throws DatabaseException if another process holds one
   */
  public CleanDataDraft begin(String inputSha256, long rowsRead) {
    return CleanDataDraft.begin(connections, tables, inputSha256, rowsRead);
  }

  /** Those of the patients who are on a side already, and on which. */
  public Map<Long, Side> sides(long[] patients) {
    return connections.inTransaction("reading split_assignment", c -> SplitSides.of(c, patients));
  }

  /** Gives the rows of a batch. */
  @FunctionalInterface
  public interface Rows {
    void to(CleanBatch batch);
  }

  /**
   * Writes the rows of one batch to the generation of a run. What was written before, or is being
   * written by another attempt at this moment, is left alone, and the rows are not asked for: every
   * batch is there once however often it is tried.
   *
   * @param run what {@link CleanDataDraft#run} said
   */
  public BatchWrite write(long run, long batchId, Rows rows) {
    return connections.inTransaction(
        "writing clean_data",
        connection -> {
          if (!Drafts.share(connection, run)) {
            return Generations.find(connection, run).isPresent()
                ? BatchWrite.THERE
                : BatchWrite.OVERTAKEN;
          }
          if (!RunTables.enter(connection, run, batchId)) {
            return BatchWrite.THERE;
          }
          try (CleanBatch batch = new CleanBatch(connection, contract, tables, run, batchId)) {
            rows.to(batch);
            batch.finish();
            RunTables.count(connection, run, batchId, batch.kept(), batch.excluded());
          }
          return BatchWrite.WRITTEN;
        });
  }

  /** Keeps what belongs to a generation at another place, before anybody sees the generation. */
  @FunctionalInterface
  public interface Beside {
    void put(SplitCertificate certificate);
  }

  /**
   * Puts a run in the place of what is published now, after making sure that rows read = kept +
   * excluded, that no patient is on two sides or has moved, and that there are as many rows and
   * patients everywhere as the split says. May be tried any number of times: a run that is
   * published stays so.
   *
   * @param plan the split that the rows follow
   * @param profile sums over the rows: JSON
   * @param beside called before anything is visible; if it throws, nothing has changed
   * @throws DatabaseException if that does not hold; then nothing has changed
   */
  public Publication publish(long run, SplitPlan plan, String profile, Beside beside) {
    Publisher publisher = new Publisher(contract, tables);
    return connections.inRetriedTransaction(
        "publishing clean_data", c -> publisher.publish(c, run, plan, profile, beside));
  }

  /** Looks at the split as it stands in the tables. */
  public SplitAudit splitAudit() {
    return new SplitAudit(connections, contract, tables);
  }

  /** The profile of a generation: JSON; empty where it was published before there were profiles. */
  public Optional<String> profile(long generation) {
    return connections.inTransaction(
        "reading clean_data_profile", c -> Generations.profile(c, generation));
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
