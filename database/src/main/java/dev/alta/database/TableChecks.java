package dev.alta.database;

import dev.alta.core.audit.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Queries that give nothing where the tables agree with each other. */
final class TableChecks {
  /**
   * A query.
   *
   * @param what says what a row of it means; its columns are the arguments
   */
  private record Check(String sql, String what, String remedy) {}

  private static final String INGEST =
      "where an ingest was cut off, run it again; else " + Finding.RESTORE;

  private static final Check ACCEPTED =
      new Check(
          "SELECT b.batch_id, b.source, b.batch_number, coalesce(r.n, 0), b.accepted"
              + " FROM ingest_batch AS b LEFT JOIN (SELECT batch_id, count(*) AS n FROM raw_data"
              + " GROUP BY 1) AS r ON r.batch_id = b.batch_id"
              + " WHERE b.accepted <> coalesce(r.n, 0) ORDER BY 1",
          "ledger: batch %s (number %3$s of %2$s) has %4$s rows in raw_data (expected: %5$s, as it"
              + " was accepted)",
          Finding.RESTORE);

  private static final Check REJECTED =
      new Check(
          "SELECT b.batch_id, b.source, b.batch_number, coalesce(r.n, 0), b.rejected"
              + " FROM ingest_batch AS b LEFT JOIN (SELECT batch_id, count(*) AS n FROM"
              + " rejected_rows GROUP BY 1) AS r ON r.batch_id = b.batch_id"
              + " WHERE b.rejected <> coalesce(r.n, 0) ORDER BY 1",
          "ledger: batch %s (number %3$s of %2$s) has %4$s rows in rejected_rows (expected: %5$s,"
              + " as were rejected)",
          Finding.RESTORE);

  private static final Check UNKNOWN_BATCH =
      new Check(
          "SELECT r.batch_id, count(*) FROM raw_data AS r WHERE NOT EXISTS (SELECT FROM ingest_batch"
              + " AS b WHERE b.batch_id = r.batch_id) GROUP BY 1 ORDER BY 1",
          "raw_data: %2$s rows of batch %1$s, which the ledger does not know (expected: none)",
          Finding.RESTORE);

  private static final Check WATERMARK =
      new Check(
          "SELECT source, batch_number, stored FROM (SELECT w.source, w.batch_number,"
              + " CASE WHEN EXISTS (SELECT FROM ingest_batch AS b WHERE b.source = w.source"
              + " AND b.batch_number = 1) THEN (SELECT min(l.batch_number) FROM ingest_batch AS l"
              + " WHERE l.source = w.source AND NOT EXISTS (SELECT FROM ingest_batch AS n"
              + " WHERE n.source = w.source AND n.batch_number = l.batch_number + 1))"
              + " ELSE 0 END AS stored FROM source_watermark AS w) AS compared"
              + " WHERE batch_number <> stored ORDER BY 1",
          "source_watermark: %s stands at batch %s (expected: %s, up to which the ledger has all)",
          "UPDATE source_watermark SET batch_number to the expected one; the next ingest goes on"
              + " from there");

  private static final Check PUBLISHED =
      new Check(
          "SELECT coalesce(c.generation, g.generation), coalesce(c.n, 0), coalesce(g.kept, 0) FROM"
              + " (SELECT generation, kept FROM clean_data_generation ORDER BY 1 DESC LIMIT 1) AS g"
              + " FULL JOIN (SELECT generation, count(*) AS n FROM clean_data GROUP BY 1) AS c"
              + " ON c.generation = g.generation"
              + " WHERE coalesce(c.n, 0) <> coalesce(g.kept, 0) ORDER BY 1",
          "clean_data: %2$s rows of generation %1$s (expected: %3$s, as published)",
          "make it anew from raw_data: alta prepare");

  private static final Check LOGGED =
      new Check(
          "WITH kept AS (SELECT (SELECT count(*) FROM inference_log) AS there,"
              + " (SELECT coalesce(sum(rows), 0) FROM inference_prune) AS pruned,"
              + " (SELECT coalesce(sum(rows), 0) FROM inference_spool) AS brought)"
              + " SELECT there, brought - pruned FROM kept WHERE there + pruned < brought",
          "inference_log: %s rows (expected: at least %s, as the scorers' spools have brought and"
              + " alta log prune has left)",
          "if nobody has deleted them on purpose, " + Finding.RESTORE);

  private final List<Check> checks;

  TableChecks(ContractTables tables) {
    this.checks =
        List.of(
            ACCEPTED,
            REJECTED,
            UNKNOWN_BATCH,
            WATERMARK,
            PUBLISHED,
            new Check(
                "SELECT count(*) FROM clean_data AS c WHERE NOT EXISTS (SELECT FROM raw_data AS r"
                    + " WHERE r."
                    + tables.key()
                    + " = c."
                    + tables.key()
                    + ") HAVING count(*) > 0",
                "clean_data: %s rows that raw_data does not have (expected: none)",
                INGEST),
            LOGGED);
  }

  List<Finding> run(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      try (PreparedStatement select = connection.prepareStatement(check.sql());
          ResultSet result = select.executeQuery()) {
        while (result.next()) {
          findings.add(
              new Finding(check.what().formatted((Object[]) columns(result)), check.remedy()));
        }
      }
    }
    return findings;
  }

  private static String[] columns(ResultSet result) throws SQLException {
    String[] columns = new String[result.getMetaData().getColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = String.valueOf(result.getString(i + 1));
    }
    return columns;
  }
}
