package dev.alta.database;

import dev.alta.core.contract.Violation;
import dev.alta.database.RejectedRow.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads {@code rejected_rows}. */
final class Rejects {
  private Rejects() {}

  /** In the order of the primary key, downwards, so that it is read no further than asked for. */
  static List<StoredReject> before(Connection connection, long batchId, long line, int limit)
      throws SQLException {
    List<StoredReject> rejects = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT r.batch_id, b.source, r.line, r.reason, r.raw_text, "
                + parts("column")
                + ", "
                + parts("value")
                + ", "
                + parts("expected")
                + " FROM (SELECT * FROM rejected_rows WHERE (batch_id, line) < (?, ?)"
                + " ORDER BY batch_id DESC, line DESC LIMIT ?) r"
                + " JOIN ingest_batch b USING (batch_id) ORDER BY r.batch_id DESC, r.line DESC")) {
      select.setLong(1, batchId);
      select.setLong(2, line);
      select.setInt(3, limit);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          rejects.add(reject(r));
        }
      }
    }
    return rejects;
  }

  static List<RejectCause> causes(Connection connection, int rows, int limit) throws SQLException {
    List<RejectCause> causes = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT reason ->> 'column', reason ->> 'expected', count(*) FROM"
                + " (SELECT reasons FROM rejected_rows ORDER BY batch_id DESC, line DESC LIMIT ?) r,"
                + " jsonb_array_elements(r.reasons) AS reason"
                + " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?")) {
      select.setInt(1, rows);
      select.setInt(2, limit);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          causes.add(new RejectCause(r.getString(1), r.getString(2), r.getLong(3)));
        }
      }
    }
    return causes;
  }

  /** One of the three parts of all reasons of a row, in their order. */
  private static String parts(String name) {
    return "ARRAY(SELECT coalesce(reason ->> '"
        + name
        + "', '') FROM jsonb_array_elements(r.reasons) WITH ORDINALITY AS e(reason, n) ORDER BY n)";
  }

  private static StoredReject reject(ResultSet r) throws SQLException {
    String[] fields = (String[]) r.getArray(6).getArray();
    String[] values = (String[]) r.getArray(7).getArray();
    String[] expected = (String[]) r.getArray(8).getArray();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      violations.add(new Violation(fields[i], values[i], expected[i]));
    }
    return new StoredReject(
        r.getLong(1),
        r.getString(2),
        new RejectedRow(
            r.getLong(3),
            Reason.valueOf(r.getString(4).toUpperCase(Locale.ROOT)),
            violations,
            r.getString(5)));
  }
}
