package dev.alta.database;

import dev.alta.core.split.Side;
import dev.alta.database.PipelineFigures.CleanRows;
import dev.alta.database.PipelineFigures.LedgerFigures;
import dev.alta.database.PipelineFigures.OfKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@link PipelineFigures}. */
final class FiguresReader {
  private static final List<String> RUN_STANDINGS = List.of("RUNNING", "SILENT", "DONE", "FAILED");
  private static final List<String> WORKFLOW_STANDINGS =
      List.of("RUNNING", "INTERRUPTED", "DONE", "FAILED");

  // A run that went silent counts as failed at its last sign of life. "gone" is set for those.
  private static final String SUMS =
      "SELECT kind, count(*) FILTER (WHERE state = 'RUNNING' AND NOT gone),"
          + " count(*) FILTER (WHERE gone), count(*) FILTER (WHERE state = 'DONE'),"
          + " count(*) FILTER (WHERE state = 'FAILED'),"
          + " max(ended_at) FILTER (WHERE state = 'DONE'),"
          + " max(coalesce(ended_at, heard_at)) FILTER (WHERE state = 'FAILED' OR gone) FROM ";
  private static final String RUNS =
      SUMS
          + "(SELECT kind, state, ended_at, seen_at AS heard_at, state = 'RUNNING'"
          + " AND seen_at < now() - make_interval(secs => ?) AS gone FROM pipeline_run) AS runs"
          + " GROUP BY kind ORDER BY kind";
  private static final String WORKFLOWS =
      SUMS
          + "(SELECT kind, state, ended_at, coalesce(seen_at, held_since) AS heard_at,"
          + " state = 'RUNNING' AND coalesce(seen_at, '-infinity')"
          + " < now() - make_interval(secs => ?) AS gone FROM workflow_run) AS workflows"
          + " GROUP BY kind ORDER BY kind";

  private FiguresReader() {}

  static PipelineFigures read(Connection connection) throws SQLException {
    return new PipelineFigures(
        ofKinds(connection, RUNS, PipelineRun.SILENCE, RUN_STANDINGS),
        ofKinds(connection, WORKFLOWS, Holder.SILENCE, WORKFLOW_STANDINGS),
        ledger(connection),
        Generations.latest(connection).map(FiguresReader::clean));
  }

  private static List<OfKind> ofKinds(
      Connection connection, String sql, Duration silence, List<String> standings)
      throws SQLException {
    List<OfKind> kinds = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setDouble(1, silence.toMillis() / 1e3);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          Map<String, Long> counts = new HashMap<>();
          for (int i = 0; i < standings.size(); i++) {
            counts.put(standings.get(i), r.getLong(i + 2));
          }
          kinds.add(
              new OfKind(
                  r.getString(1), counts, moment(r.getTimestamp(6)), moment(r.getTimestamp(7))));
        }
      }
    }
    return kinds;
  }

  private static LedgerFigures ledger(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT max(created_at), count(*) FILTER (WHERE batch_number"
                    + " > coalesce((SELECT batch_number FROM source_watermark AS w"
                    + " WHERE w.source = b.source), 0)) FROM ingest_batch AS b");
        ResultSet r = select.executeQuery()) {
      r.next();
      return new LedgerFigures(Ledger.totals(connection), moment(r.getTimestamp(1)), r.getLong(2));
    }
  }

  private static CleanRows clean(Generation generation) {
    Map<String, Long> bySide =
        Stream.of(Side.values()).collect(Collectors.toMap(Side::label, generation::rows));
    return new CleanRows(generation.number(), generation.createdAt(), bySide);
  }

  private static Optional<Instant> moment(@Nullable Timestamp timestamp) {
    return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
  }
}
