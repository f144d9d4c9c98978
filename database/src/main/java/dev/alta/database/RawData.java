package dev.alta.database;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table {@code raw_data}, its ledger {@code ingest_batch}, {@code source_watermark} and {@code
 * rejected_rows}. Safe for use by several threads.
 */
public final class RawData {
  private final Connections connections;
  private final Contract contract;
  private final ContractTables tables;

  RawData(Connections connections, Contract contract, ContractTables tables) {
    this.connections = connections;
    this.contract = contract;
    this.tables = tables;
  }

  /**
   * Stores a batch exactly once: rows, rejects, the ledger's entry and the source's watermark in
   * one transaction. A batch that is there already, or that another process is storing at this
   * moment, is left alone.
   *
   * <p>Rows whose key is already there are no error: with the same values they count as duplicates,
   * with others they are rejected. Of several such rows within a batch the first one stays.
   *
   * <p>Batches of a run may be stored in any order and at the same time. Where they have keys in
   * common, the outcome is that of storing them in the order of the run: a batch that another one
   * should have come before is put off, or taken back. So once all were tried, those that are not
   * there must be stored in their order.
   *
   * @param who stored it, for the ledger
   * @param order the run that the batch is of
   * @return empty where the batch was put off
   * @throws DatabaseException if the batch was stored before with another content
   */
  public Optional<StoredBatch> store(
      IngestBatch batch,
      AcceptedRows accepted,
      List<RejectedRow> rejected,
      String who,
      RunOrder order) {
    return connections.inRetriedTransaction(
        "storing batch " + batch.number() + " of " + batch.source(),
        connection -> {
          OptionalLong id = Ledger.enter(connection, batch, accepted.size(), rejected.size(), who);
          if (id.isPresent()) {
            Collisions collisions = new Collisions(connection, tables, order, batch);
            if (!new BatchWriter(connection, contract, tables, collisions, id.getAsLong())
                .write(accepted, rejected)) {
              Ledger.remove(connection, id.getAsLong());
              return Optional.empty();
            }
            Watermarks.advance(connection, batch.source());
          }
          LedgerEntry entry = Ledger.find(connection, batch.source(), batch.number()).orElseThrow();
          checkSame(batch, entry);
          return Optional.of(new StoredBatch(entry, id.isPresent()));
        });
  }

  /** Stores a batch that is a run of its own. */
  StoredBatch store(
      IngestBatch batch, AcceptedRows accepted, List<RejectedRow> rejected, String who) {
    return store(batch, accepted, rejected, who, RunOrder.of(batch)).orElseThrow();
  }

  /**
   * Makes sure that a batch of the ledger is the one at hand.
   *
   * @throws DatabaseException if its content is another; names both digests
   */
  public static void checkSame(IngestBatch batch, LedgerEntry entry) {
    if (!entry.batch().sha256().equals(batch.sha256())) {
      throw new DatabaseException(
          "batch "
              + batch.number()
              + " of "
              + batch.source()
              + ": content "
              + batch.sha256()
              + " (expected: "
              + entry.batch().sha256()
              + ", as ingested on "
              + entry.at()
              + "; a changed source needs another name)");
    }
  }

  /**
   * Up to which batch all batches of a source are stored; 0 where not even its first is. Batches
   * beyond a gap are in the ledger, but not below the watermark.
   */
  public int watermark(String source) {
    return connections.inTransaction("reading source_watermark", c -> Watermarks.of(c, source));
  }

  /** The sources of which batches are stored, by name. */
  public List<String> sources() {
    return connections.inTransaction("reading source_watermark", Watermarks::sources);
  }

  /** The entry of a batch, if it is there; spares reading a batch again that is stored. */
  public Optional<LedgerEntry> find(String source, int number) {
    return connections.inTransaction("reading the ledger", c -> Ledger.find(c, source, number));
  }

  /** The batches of a source, by number. */
  public List<LedgerEntry> batches(String source) {
    return connections.inTransaction("reading the ledger", c -> Ledger.of(c, source));
  }

  /** The batches of all sources, in the order in which they were stored. */
  public List<LedgerEntry> batches() {
    return connections.inTransaction("reading the ledger", Ledger::all);
  }

  /**
   * The batches that were stored before one, the latest first.
   *
   * @param before its id; {@link Long#MAX_VALUE} for the latest of all
   */
  public List<LedgerEntry> batchesBefore(long before, int limit) {
    return connections.inTransaction("reading the ledger", c -> Ledger.before(c, before, limit));
  }

  /** The sums of the whole ledger. */
  public LedgerTotals totals() {
    return connections.inTransaction("reading the ledger", Ledger::totals);
  }

  /**
   * Rejected rows before a place, the latest batch first and in it the highest line.
   *
   * @param batchId of the place; {@link Long#MAX_VALUE} for the latest of all
   */
  public List<StoredReject> rejectsBefore(long batchId, long line, int limit) {
    return connections.inTransaction(
        "reading rejected_rows", c -> Rejects.before(c, batchId, line, limit));
  }

  /**
   * What was expected most often where rows were rejected.
   *
   * @param rows how many of the latest rejected rows are looked at
   * @param limit how many causes at most, the most frequent first
   */
  public List<RejectCause> rejectCauses(int rows, int limit) {
    return connections.inTransaction("reading rejected_rows", c -> Rejects.causes(c, rows, limit));
  }

  /** Reads the rows of a batch, in no particular order. */
  public void read(long batchId, Consumer<Row> rows) {
    read(batchId, contract.stored(), rows);
  }

  /** Reads some columns of the rows of a batch; the others are "not recorded" in them. */
  public void read(long batchId, List<Column> columns, Consumer<Row> rows) {
    connections.inTransaction(
        "reading raw_data",
        connection -> {
          new CopyReader(contract, columns)
              .read(connection, "FROM raw_data WHERE batch_id = " + batchId, rows);
          return batchId;
        });
  }

  /**
   * Reads some columns of all rows of some patients, in no particular order; other columns are "not
   * recorded" in them.
   */
  public void readOf(long[] patients, List<Column> columns, Consumer<Row> rows) {
    if (patients.length == 0) {
      return;
    }
    String numbers =
        Arrays.stream(patients).mapToObj(Long::toString).collect(Collectors.joining(","));
    connections.inTransaction(
        "reading raw_data",
        connection -> {
          new CopyReader(contract, columns)
              .read(
                  connection,
                  "FROM raw_data WHERE " + tables.patient() + " = ANY ('{" + numbers + "}')",
                  rows);
          return patients.length;
        });
  }

  /** Number of rows. */
  public long count() {
    return connections.inTransaction("counting raw_data", RawData::count);
  }

  private static long count(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM raw_data");
        ResultSet result = select.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }
}
