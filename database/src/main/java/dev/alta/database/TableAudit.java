package dev.alta.database;

import dev.alta.core.audit.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Checks the tables against each other, as of one moment; changes nothing. */
public final class TableAudit {
  /**
   * What was found.
   *
   * @param isReadable whether the tables are those of this Alta; else nothing but that was found
   * @param rows in raw_data
   * @param batches in the ledger
   * @param predictions in inference_log
   * @param generations all that were published, from the first on
   * @param served the versions that inference_log names
   * @param drained sequence number up to which each spool is in inference_log
   */
  public record Result(
      boolean isReadable,
      long rows,
      long batches,
      long predictions,
      List<Generation> generations,
      Set<String> served,
      Map<UUID, Long> drained,
      List<Finding> findings) {}

  private static final String MIGRATE = "start any command that writes, such as alta up: it does";

  private final Connections connections;
  private final TableChecks checks;
  private final List<String> classes;

  TableAudit(Connections connections, ContractTables tables) {
    this.connections = connections;
    this.checks = new TableChecks(tables);
    this.classes = tables.classes();
  }

  /**
   * Checks them.
   *
   * @throws DatabaseException if the database cannot be read
   */
  public Result run() {
    return connections.inTransaction("checking the tables", this::run);
  }

  private Result run(Connection connection) throws SQLException {
    SplitAudit.asOfOneMoment(connection);
    List<Finding> findings = new ArrayList<>(migrations(connection));
    if (findings.isEmpty()) {
      missing(connection).ifPresent(findings::add);
    }
    if (!findings.isEmpty()) {
      return new Result(false, 0, 0, 0, List.of(), Set.of(), Map.of(), findings);
    }
    findings.addAll(checks.run(connection));
    findings.addAll(outcomes(connection));
    for (String column : AltaTables.numbered(connection, AltaTables.FIXED)) {
      number(connection, column).ifPresent(findings::add);
    }
    return new Result(
        true,
        ContractTables.number(connection, "SELECT count(*) FROM raw_data"),
        ContractTables.number(connection, "SELECT count(*) FROM ingest_batch"),
        ContractTables.number(connection, "SELECT count(*) FROM inference_log"),
        Generations.all(connection),
        served(connection),
        drained(connection),
        findings);
  }

  private static List<Finding> migrations(Connection connection) throws SQLException {
    int done = Database.migration(connection);
    if (done == Database.LATEST_MIGRATION) {
      return List.of();
    }
    return List.of(
        new Finding(
            "tables: "
                + done
                + " migrations are done (expected: "
                + Database.LATEST_MIGRATION
                + ", as this Alta knows them)",
            MIGRATE + " the others"));
  }

  private static Optional<Finding> missing(Connection connection) throws SQLException {
    List<String> expected = new ArrayList<>(AltaTables.FIXED);
    expected.addAll(AltaTables.UNDER_WAY);
    expected.addAll(List.of(ContractTables.RAW, ContractTables.CLEAN));
    List<String> missing = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name FROM unnest(?) AS name WHERE to_regclass(name) IS NULL ORDER BY name")) {
      select.setArray(1, connection.createArrayOf("text", expected.toArray()));
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          missing.add(result.getString(1));
        }
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "tables: " + String.join(", ", missing) + " not there (expected: all of Alta's)",
                Finding.RESTORE));
  }

  private List<Finding> outcomes(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT outcome, count(*) FROM outcomes WHERE outcome <> ALL (?) GROUP BY 1"
                + " ORDER BY 1")) {
      select.setArray(1, connection.createArrayOf("text", classes.toArray()));
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          findings.add(
              new Finding(
                  "outcomes: %s on %d rows (expected: one of %s)"
                      .formatted(
                          result.getString(1), result.getLong(2), String.join(", ", classes)),
                  "delete these rows and load their outcomes again: alta outcomes load FILE"));
        }
      }
    }
    return findings;
  }

  /** A column whose next number would be one that is there. */
  private static Optional<Finding> number(Connection connection, String column)
      throws SQLException {
    int dot = column.indexOf('.');
    String table = column.substring(0, dot);
    String name = ContractTables.quoted(column.substring(dot + 1));
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT max("
                + name
                + "), pg_sequence_last_value(pg_get_serial_sequence(?, ?)::regclass) FROM "
                + ContractTables.quoted(table))) {
      select.setString(1, table);
      select.setString(2, column.substring(dot + 1));
      try (ResultSet result = select.executeQuery()) {
        result.next();
        long highest = result.getLong(1);
        long last = result.getLong(2);
        return highest <= last
            ? Optional.empty()
            : Optional.of(
                new Finding(
                    "%s: numbers are dealt out from %d on (expected: above %d, which is there)"
                        .formatted(column, last + 1, highest),
                    "SELECT setval(pg_get_serial_sequence('%s', '%s'), %d)"
                        .formatted(table, column.substring(dot + 1), highest)));
      }
    }
  }

  private static Set<String> served(Connection connection) throws SQLException {
    Set<String> versions = new TreeSet<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT DISTINCT model_version FROM inference_log");
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        versions.add(result.getString(1));
      }
    }
    return versions;
  }

  private static Map<UUID, Long> drained(Connection connection) throws SQLException {
    Map<UUID, Long> drained = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT spool, drained_to FROM inference_spool");
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        drained.put(result.getObject(1, UUID.class), result.getLong(2));
      }
    }
    return drained;
  }
}
