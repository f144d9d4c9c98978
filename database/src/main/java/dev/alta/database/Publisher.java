package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import dev.alta.database.Drafts.Draft;
import dev.alta.proto.v1.SplitCertificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a run in the place of what is published now: checks and swap in one transaction, of which
 * other processes see all or nothing.
 */
final class Publisher {
  /** What was found in the run's table. */
  record Content(
      Draft draft,
      Map<String, Long> excluded,
      Map<Side, Map<String, Long>> counts,
      SplitPlan plan,
      String assignmentSha256) {
    long kept() {
      return counts.values().stream().flatMap(c -> c.values().stream()).mapToLong(n -> n).sum();
    }

    long excludedRows() {
      return excluded.values().stream().mapToLong(n -> n).sum();
    }
  }

  // A reader of a large clean_data may take minutes.
  private static final int SWAP_TRIES = 300;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Contract contract;
  private final ContractTables tables;

  Publisher(Contract contract, ContractTables tables) {
    this.contract = contract;
    this.tables = tables;
  }

  Publication publish(
      Connection connection, long run, SplitPlan plan, String profile, CleanData.Beside beside)
      throws SQLException {
    Optional<Draft> draft = Drafts.own(connection, run);
    if (draft.isEmpty()) {
      return Generations.find(connection, run)
          .<Publication>map(Publication.Published::new)
          .orElseGet(() -> new Publication.Overtaken(run));
    }
    // Sorting a million patients in the 4 MB that a server gives by default takes to the disk.
    ContractTables.execute(connection, "SET LOCAL work_mem = '128MB'");
    ContractTables.execute(connection, "SET LOCAL maintenance_work_mem = '256MB'");
    Content content = check(connection, draft.get(), plan);
    Generations.record(connection, content);
    Generations.recordProfile(connection, run, profile);
    Generation generation = Generations.find(connection, run).orElseThrow();
    SplitCertificate certificate = Certificates.of(contract, generation, plan);
    beside.put(certificate);
    swap(connection, run);
    return new Publication.Published(generation);
  }

  private Content check(Connection connection, Draft draft, SplitPlan plan) throws SQLException {
    finishTable(connection, draft.run());
    Map<Side, Map<String, Long>> counts = counts(connection, draft.run());
    Map<String, Long> excluded = RunTables.excluded(connection, draft.run());
    Content content = new Content(draft, excluded, counts, plan, "");
    if (content.kept() + content.excludedRows() != draft.rowsRead()) {
      throw new DatabaseException(
          "clean_data: "
              + content.kept()
              + " rows kept and "
              + content.excludedRows()
              + " excluded (expected: "
              + draft.rowsRead()
              + " in all)");
    }
    new SplitSides(tables).add(connection, draft.run(), plan);
    checkRows(counts, plan);
    return new Content(draft, excluded, counts, plan, SplitSides.sha256(connection, draft.run()));
  }

  private void checkRows(Map<Side, Map<String, Long>> counts, SplitPlan plan) {
    List<String> classes = tables.classes();
    for (Side side : Side.values()) {
      for (int label = 0; label < classes.size(); label++) {
        long found = counts.getOrDefault(side, Map.of()).getOrDefault(classes.get(label), 0L);
        if (found != plan.rows(side, label)) {
          throw new DatabaseException(
              "clean_data: "
                  + found
                  + " rows of class "
                  + classes.get(label)
                  + " on side "
                  + side.label()
                  + " (expected: "
                  + plan.rows(side, label)
                  + ", as the split says)");
        }
      }
    }
  }

  private void finishTable(Connection connection, long run) throws SQLException {
    String table = CleanDataDraft.table(run);
    ContractTables.execute(
        connection, "ALTER TABLE " + table + " ADD PRIMARY KEY (" + tables.key() + ", generation)");
    // Of the columns that the checks ask for; the others can wait for the server to do it.
    ContractTables.execute(
        connection,
        "ANALYZE "
            + table
            + " ("
            + tables.patient()
            + ", "
            + tables.target()
            + ", "
            + ContractTables.DATASET
            + ")");
  }

  private Map<Side, Map<String, Long>> counts(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT dataset, "
                + tables.target()
                + ", count(*) FROM "
                + CleanDataDraft.table(run)
                + " GROUP BY 1, 2")) {
      return Generations.counts(select);
    }
  }

  /**
   * The only moment at which readers wait, and not for long: rather this gives up and tries anew,
   * without losing what was done before.
   */
  private static void swap(Connection connection, long run) throws SQLException {
    ContractTables.execute(connection, "SET LOCAL lock_timeout = '1s'");
    for (int attempt = 1; ; attempt++) {
      Savepoint before = connection.setSavepoint();
      try {
        ContractTables.execute(connection, "LOCK TABLE clean_data IN ACCESS EXCLUSIVE MODE");
        break;
      } catch (SQLException busy) {
        if (attempt == SWAP_TRIES || !LOCK_NOT_AVAILABLE.equals(busy.getSQLState())) {
          throw busy;
        }
        connection.rollback(before);
      }
    }
    for (String partition : ContractTables.partitions(connection, ContractTables.CLEAN)) {
      ContractTables.execute(connection, "DROP TABLE " + partition);
    }
    ContractTables.execute(
        connection,
        "ALTER TABLE clean_data ATTACH PARTITION "
            + CleanDataDraft.table(run)
            + " FOR VALUES IN ("
            + run
            + ")");
    RunTables.clear(connection);
    Drafts.end(connection, run);
  }
}
