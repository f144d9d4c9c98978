package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.split.PatientRecord;
import dev.alta.core.split.PatientRecord.Assigned;
import dev.alta.core.split.PatientRecord.Rows;
import dev.alta.core.split.RecordedSplit;
import dev.alta.core.split.SplitPlan;
import dev.alta.proto.v1.SplitCertificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads all that the tables say of the split, without taking any of it for right. */
public final class SplitAudit {
  /**
   * The splits that were published, and what the tables say of the last one.
   *
   * @param latest the generation that is published
   * @param splits of all generations, from the first on
   * @param certificate as it follows from the tables; empty where the cuts contradict each other
   */
  public record Splits(
      Generation latest, List<RecordedSplit> splits, Optional<SplitCertificate> certificate) {}

  private final Connections connections;
  private final Contract contract;
  private final ContractTables tables;

  SplitAudit(Connections connections, Contract contract, ContractTables tables) {
    this.connections = connections;
    this.contract = contract;
    this.tables = tables;
  }

  /**
   * The splits alone.
   *
   * @throws DatabaseException if nothing was published yet
   */
  public Splits splits() {
    return connections.inTransaction("reading the split", this::splits);
  }

  /**
   * Shows the splits and then every patient, by number, all as of one moment.
   *
   * @param begin looks at the splits and says who looks at the patients
   * @return who looked at the patients
   * @throws DatabaseException if nothing was published yet
   */
  public <T extends Consumer<PatientRecord>> T run(Function<Splits, T> begin) {
    return connections.inTransaction(
        "reading the split",
        connection -> {
          asOfOneMoment(connection);
          T patients = begin.apply(splits(connection));
          try (PreparedStatement select =
              RowReader.streaming(connection, patients("") + " ORDER BY 1")) {
            read(select, patients);
          }
          return patients;
        });
  }

  /**
   * Shows the splits and then one patient, if the tables know of the patient.
   *
   * @throws DatabaseException if nothing was published yet
   */
  public <T extends Consumer<PatientRecord>> T run(long patient, Function<Splits, T> begin) {
    return connections.inTransaction(
        "reading the split",
        connection -> {
          asOfOneMoment(connection);
          T patients = begin.apply(splits(connection));
          try (PreparedStatement select =
              connection.prepareStatement(
                  patients(" WHERE " + tables.patient() + " = ?")
                      + " WHERE coalesce(a.patient, c.patient) = ?")) {
            select.setLong(1, patient);
            select.setLong(2, patient);
            read(select, patients);
          }
          return patients;
        });
  }

  static void asOfOneMoment(Connection connection) throws SQLException {
    ContractTables.execute(
        connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    ContractTables.execute(connection, "SET LOCAL work_mem = '128MB'");
  }

  private Splits splits(Connection connection) throws SQLException {
    Generation latest =
        Generations.latest(connection)
            .orElseThrow(
                () ->
                    new DatabaseException(
                        "clean_data: nothing there yet (expected: a prepare run)"));
    List<RecordedSplit> splits = new ArrayList<>();
    for (Generation generation : Generations.all(connection)) {
      splits.add(split(connection, generation));
    }
    Optional<SplitCertificate> certificate =
        splits.get(splits.size() - 1).plan().map(p -> Certificates.of(contract, latest, p));
    return new Splits(latest, splits, certificate);
  }

  private static RecordedSplit split(Connection connection, Generation generation)
      throws SQLException {
    String problem = "";
    Optional<SplitPlan> plan = Optional.empty();
    try {
      plan = Optional.of(Thresholds.read(connection, generation.number(), generation.seed()));
    } catch (IllegalArgumentException contradiction) {
      problem = String.valueOf(contradiction.getMessage());
    }
    return new RecordedSplit(
        generation.number(),
        plan,
        problem,
        generation.splitSha256(),
        generation.assignmentSha256());
  }

  private String patients(String where) {
    return "SELECT coalesce(a.patient, c.patient), a.dataset, a.generation, a.stratum, c.low,"
        + " c.high, c.stratum FROM split_assignment AS a FULL JOIN (SELECT "
        + tables.patient()
        + " AS patient, min(dataset COLLATE \"C\") AS low, max(dataset COLLATE \"C\") AS high, "
        + new SplitSides(tables).stratum()
        + " AS stratum FROM clean_data"
        + where
        + " GROUP BY 1) AS c ON c.patient = a.patient";
  }

  private static void read(PreparedStatement select, Consumer<PatientRecord> patients)
      throws SQLException {
    try (ResultSet r = select.executeQuery()) {
      while (r.next()) {
        Optional<Assigned> assigned = Optional.empty();
        if (r.getString(2) != null) {
          assigned =
              Optional.of(
                  new Assigned(r.getString(2), r.getLong(3), Optional.ofNullable(r.getString(4))));
        }
        Optional<Rows> rows = Optional.empty();
        if (r.getString(5) != null) {
          rows = Optional.of(new Rows(r.getString(5), r.getString(6), r.getString(7)));
        }
        patients.accept(new PatientRecord(r.getLong(1), assigned, rows));
      }
    }
  }
}
