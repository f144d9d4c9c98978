package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import dev.alta.database.AcceptedRows;
import dev.alta.database.IngestBatch;
import dev.alta.database.RejectedRow;
import dev.alta.database.RejectedRow.Reason;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.Header;
import dev.alta.pipelines.csv.RecordSplitter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Parses and checks the rows of a batch. Nothing in a row makes it fail. Not safe for use by
 * several threads.
 *
 * <p>There are two ways with the same outcome. Most rows take the short one, from bytes to bytes,
 * cell by cell through {@link CheckedCells}; a row with quotes, or with a cell that is not accepted
 * there, takes the long one through {@link Intake}, which knows the reasons.
 */
final class BatchParser {
  /** What became of the rows. */
  record Parsed(AcceptedRows accepted, List<RejectedRow> rejected) {}

  private final Contract contract;
  private final List<Column> cells;
  private final ShortWay shortWay;

  BatchParser(Contract contract, Header header) {
    this.contract = contract;
    this.cells = header.columns(contract);
    this.shortWay = new ShortWay(contract, cells);
  }

  Parsed parse(IngestBatch batch, byte[] bytes) {
    Parsed parsed = new Parsed(new AcceptedRows(bytes, batch.rows()), new ArrayList<>());
    parse(batch, bytes, records -> shortWay.parse(records, parsed.accepted()), parsed);
    return parsed;
  }

  /** The rows that {@link #parse} would reject. */
  List<RejectedRow> rejected(IngestBatch batch, byte[] bytes) {
    Parsed parsed = new Parsed(new AcceptedRows(new byte[0], 0), new ArrayList<>());
    parse(batch, bytes, shortWay::accepts, parsed);
    return parsed.rejected();
  }

  /** Takes every record the short way, or at length where that cannot take it. */
  private void parse(
      IngestBatch batch, byte[] bytes, Predicate<RecordSplitter> shortly, Parsed parsed) {
    RecordSplitter records =
        new RecordSplitter(new ByteArrayInputStream(bytes), 0, batch.firstLine());
    try {
      while (records.next()) {
        if (records.quoted() || !shortly.test(records)) {
          parseAtLength(records, parsed);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void parseAtLength(RecordSplitter records, Parsed parsed) {
    long line = records.line();
    byte[] bytes = records.bytes();
    Optional<String> text = CsvRecord.text(bytes);
    Optional<List<String>> values = text.flatMap(CsvRecord::cells);
    if (text.isEmpty()) {
      String readable = new String(bytes, StandardCharsets.UTF_8);
      parsed.rejected().add(noRow(line, readable, "not UTF-8", "text in UTF-8"));
    } else if (values.isEmpty()) {
      parsed
          .rejected()
          .add(
              noRow(
                  line, text.get(), "quotes", "a quoted cell ends at its comma, \"\" for a quote"));
    } else if (values.get().size() != cells.size()) {
      parsed
          .rejected()
          .add(noRow(line, text.get(), values.get().size() + " cells", cells.size() + " cells"));
    } else {
      check(records, text.get(), values.get(), parsed);
    }
  }

  private void check(RecordSplitter records, String text, List<String> values, Parsed parsed) {
    Intake intake = new Intake(contract, Door.STORE);
    for (int i = 0; i < values.size(); i++) {
      intake.text(cells.get(i), values.get(i));
    }
    Checked checked = intake.finish();
    if (checked instanceof Checked.Accepted accepted) {
      parsed.accepted().row(contract, accepted.row());
      endRow(records, parsed.accepted());
    } else if (checked instanceof Checked.Rejected rejected) {
      parsed
          .rejected()
          .add(
              new RejectedRow(
                  records.line(), Reason.CONTRACT, rejected.violations(), AcceptedRows.cut(text)));
    }
  }

  static void endRow(RecordSplitter records, AcceptedRows rows) {
    int from = Math.toIntExact(records.offset());
    rows.endRow(records.line(), from, from + records.end() - records.start());
  }

  private static RejectedRow noRow(long line, String text, String found, String expected) {
    return new RejectedRow(
        line,
        Reason.FORMAT,
        List.of(new Violation("row", found, expected)),
        AcceptedRows.cut(text));
  }
}
