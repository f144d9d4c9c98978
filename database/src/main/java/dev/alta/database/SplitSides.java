package dev.alta.database;

import dev.alta.core.digest.Sha256;
import dev.alta.core.split.Side;
import dev.alta.core.split.SideCounts;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.StratumCut;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The table {@code split_assignment}: the side of every patient, which never changes. */
final class SplitSides {
  private final ContractTables tables;

  SplitSides(ContractTables tables) {
    this.tables = tables;
  }

  /** The sides of those of the patients who have one. */
  static Map<Long, Side> of(Connection connection, long[] patients) throws SQLException {
    Map<Long, Side> sides = new HashMap<>();
    Array array = connection.unwrap(PGConnection.class).createArrayOf("bigint", patients);
    try (PreparedStatement select =
        RowReader.streaming(
            connection, "SELECT patient, dataset FROM split_assignment WHERE patient = ANY (?)")) {
      select.setArray(1, array);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          sides.put(result.getLong(1), Side.of(result.getString(2)));
        }
      }
    } finally {
      array.free();
    }
    return sides;
  }

  /**
   * Enters the patients of a run who have no side yet, as their rows say, and compares that with
   * the plan and with all that was there.
   *
   * @throws DatabaseException if a patient is on two sides or on another one than before, or if
   *     there are more or fewer new patients anywhere than the plan says
   */
  void add(Connection connection, long run, SplitPlan plan) throws SQLException {
    String table = CleanDataDraft.table(run);
    ContractTables.execute(
        connection,
        "INSERT INTO split_assignment (patient, dataset, generation, stratum) SELECT "
            + tables.patient()
            + ", min(dataset COLLATE \"C\"), "
            + run
            + ", "
            + stratum()
            + " FROM "
            + table
            + " AS r WHERE NOT EXISTS (SELECT FROM split_assignment AS a WHERE a.patient = r."
            + tables.patient()
            + ") GROUP BY 1 ORDER BY 1");
    // So that the next queries know how large it has become.
    ContractTables.execute(connection, "ANALYZE split_assignment");
    checkSides(connection, table);
    checkNumbers(connection, run, plan);
  }

  /** The patient's encounters by class, as in the text form of a stratum. */
  String stratum() {
    return tables.classes().stream()
        .map(
            label ->
                "count(*) FILTER (WHERE "
                    + tables.target()
                    + " = "
                    + ContractTables.literal(label)
                    + ")")
        .collect(Collectors.joining(" || ',' || "));
  }

  /**
   * Digest of the sides that patients had in a generation. Anybody can compute it: {@code psql -c
   * "COPY (SELECT patient, dataset FROM split_assignment WHERE generation <= 3 ORDER BY patient) TO
   * STDOUT" | sha256sum}.
   */
  static String sha256(Connection connection, long generation) throws SQLException {
    try {
      MessageDigest digest = Sha256.start();
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT patient, dataset FROM split_assignment WHERE generation <= "
                    + generation
                    + " ORDER BY patient) TO STDOUT",
                out);
      }
      return Sha256.finish(digest);
    } catch (IOException impossible) {
      throw new IllegalStateException("a null stream takes everything", impossible);
    }
  }

  private void checkSides(Connection connection, String table) throws SQLException {
    long wrong =
        ContractTables.number(
            connection,
            "SELECT count(DISTINCT a.patient) FROM "
                + table
                + " AS r JOIN split_assignment AS a ON a.patient = r."
                + tables.patient()
                + " WHERE r.dataset <> a.dataset");
    if (wrong > 0) {
      throw new DatabaseException(
          "clean_data: " + wrong + " patients are on more than one side (expected: none)");
    }
  }

  private static void checkNumbers(Connection connection, long run, SplitPlan plan)
      throws SQLException {
    Map<String, SideCounts> found = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT stratum, dataset, count(*) FROM split_assignment WHERE generation = ?"
                + " GROUP BY 1, 2")) {
      select.setLong(1, run);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          SideCounts counts = SideCounts.of(Side.of(result.getString(2)), result.getLong(3));
          found.merge(result.getString(1), counts, SideCounts::plus);
        }
      }
    }
    for (StratumCut cut : plan.cuts()) {
      SideCounts there = found.remove(cut.stratum().toString());
      SideCounts counts = there == null ? SideCounts.NONE : there;
      if (!counts.equals(cut.fresh())) {
        throw otherNumbers(cut.stratum().toString(), counts, cut.fresh());
      }
    }
    for (Map.Entry<String, SideCounts> more : found.entrySet()) {
      throw otherNumbers(more.getKey(), more.getValue(), SideCounts.NONE);
    }
  }

  private static DatabaseException otherNumbers(
      String stratum, SideCounts counts, SideCounts expected) {
    return new DatabaseException(
        "clean_data: new patients with "
            + stratum
            + " encounters by class: "
            + counts
            + " (expected: "
            + expected
            + ", as the split says)");
  }
}
