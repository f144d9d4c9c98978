package dev.alta.app.view;

import dev.alta.core.contract.Violation;
import dev.alta.database.LedgerEntry;
import dev.alta.database.LedgerTotals;
import dev.alta.database.RejectCause;
import dev.alta.database.RejectedRow;
import dev.alta.database.StoredReject;
import dev.alta.gateway.data.RejectPlace;
import dev.alta.proto.v1.BatchLine;
import dev.alta.proto.v1.BatchSheet;
import dev.alta.proto.v1.RejectLine;
import dev.alta.proto.v1.RejectReason;
import dev.alta.proto.v1.RejectSheet;
import dev.alta.proto.v1.RejectViolation;
import java.util.List;

/** The ledger of raw_data, and what was rejected, a page at a time. */
final class LedgerSheets {
  static final int ROWS_FOR_CAUSES = 1_000;
  static final int MOST_CAUSES = 20;

  private LedgerSheets() {}

  /**
   * A page of the ledger.
   *
   * @param entries one more than the limit where there are more
   */
  static BatchSheet batches(LedgerTotals totals, List<LedgerEntry> entries, int limit) {
    BatchSheet.Builder sheet =
        BatchSheet.newBuilder()
            .setBatchesTotal(totals.batches())
            .setRowsTotal(totals.rows())
            .setAcceptedTotal(totals.accepted())
            .setRejectedTotal(totals.rejected())
            .setDuplicatesTotal(totals.duplicates());
    entries.stream().limit(limit).forEach(entry -> sheet.addBatches(line(entry)));
    if (entries.size() > limit) {
      sheet.setNext(Long.toString(entries.get(limit - 1).batchId()));
    }
    return sheet.build();
  }

  private static BatchLine line(LedgerEntry entry) {
    return BatchLine.newBuilder()
        .setBatch(entry.batchId())
        .setSource(entry.batch().source())
        .setNumber(entry.batch().number())
        .setFirstLine(entry.batch().firstLine())
        .setRows(entry.batch().rows())
        .setAccepted(entry.accepted())
        .setRejected(entry.rejected())
        .setDuplicates(entry.duplicates())
        .setAt(entry.at().toString())
        .setContentSha256(entry.batch().sha256())
        .build();
  }

  /**
   * A page of rejected rows.
   *
   * @param rejects one more than the limit where there are more
   */
  static RejectSheet rejects(
      LedgerTotals totals,
      List<RejectCause> causes,
      List<StoredReject> rejects,
      int limit,
      boolean withText) {
    RejectSheet.Builder sheet =
        RejectSheet.newBuilder().setRejectedTotal(totals.rejected()).setWithText(withText);
    for (RejectCause cause : causes) {
      sheet.addCauses(
          RejectReason.newBuilder()
              .setField(cause.field())
              .setExpected(cause.expected())
              .setRows(cause.rows()));
    }
    rejects.stream().limit(limit).forEach(reject -> sheet.addRejects(line(reject, withText)));
    if (rejects.size() > limit) {
      StoredReject last = rejects.get(limit - 1);
      sheet.setNext(new RejectPlace(last.batchId(), last.row().line()).toString());
    }
    return sheet.build();
  }

  private static RejectLine line(StoredReject reject, boolean withText) {
    RejectedRow row = reject.row();
    RejectLine.Builder line =
        RejectLine.newBuilder()
            .setBatch(reject.batchId())
            .setSource(reject.source())
            .setLine(row.line())
            .setReason(row.reason().name());
    for (Violation violation : row.violations()) {
      RejectViolation.Builder said =
          RejectViolation.newBuilder()
              .setField(violation.field())
              .setExpected(violation.expected());
      line.addViolations(withText ? said.setValue(violation.value()) : said);
    }
    return withText ? line.setText(row.rawText()).build() : line.build();
  }
}
