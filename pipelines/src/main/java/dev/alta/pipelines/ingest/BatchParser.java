package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import dev.alta.database.AcceptedRow;
import dev.alta.database.IngestBatch;
import dev.alta.database.RejectedRow;
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

/** Parses and checks the rows of a batch. Nothing in a row makes it fail. */
final class BatchParser {
  /** How much of a row's text is kept, in characters. */
  static final int LONGEST_TEXT = 4_000;

  /** What became of the rows. */
  record Parsed(List<AcceptedRow> accepted, List<RejectedRow> rejected) {}

  private final Contract contract;
  private final List<Column> cells;

  BatchParser(Contract contract, Header header) {
    this.contract = contract;
    this.cells = header.columns(contract);
  }

  Parsed parse(IngestBatch batch, byte[] bytes) {
    Parsed parsed = new Parsed(new ArrayList<>(batch.rows()), new ArrayList<>());
    RecordSplitter records =
        new RecordSplitter(new ByteArrayInputStream(bytes), batch.byteFrom(), batch.firstLine());
    try {
      while (records.next()) {
        parse(records.line(), records.bytes(), parsed);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return parsed;
  }

  private void parse(long line, byte[] bytes, Parsed parsed) {
    Optional<String> text = CsvRecord.text(bytes);
    if (text.isEmpty()) {
      String readable = new String(bytes, StandardCharsets.UTF_8);
      parsed.rejected().add(rejected(line, readable, "not UTF-8", "text in UTF-8"));
      return;
    }
    Optional<List<String>> values = CsvRecord.cells(text.get());
    if (values.isEmpty()) {
      parsed
          .rejected()
          .add(
              rejected(
                  line, text.get(), "quotes", "a quoted cell ends at its comma, \"\" for a quote"));
    } else if (values.get().size() != cells.size()) {
      parsed
          .rejected()
          .add(rejected(line, text.get(), values.get().size() + " cells", cells.size() + " cells"));
    } else {
      check(line, text.get(), values.get(), parsed);
    }
  }

  private void check(long line, String text, List<String> values, Parsed parsed) {
    Intake intake = new Intake(contract, Door.STORE);
    for (int i = 0; i < values.size(); i++) {
      intake.text(cells.get(i), values.get(i));
    }
    Checked checked = intake.finish();
    if (checked instanceof Checked.Accepted accepted) {
      parsed.accepted().add(new AcceptedRow(line, accepted.row(), cut(text)));
    } else if (checked instanceof Checked.Rejected rejected) {
      parsed.rejected().add(new RejectedRow(line, rejected.violations(), cut(text)));
    }
  }

  private static RejectedRow rejected(long line, String text, String found, String expected) {
    return new RejectedRow(line, List.of(new Violation("row", found, expected)), cut(text));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
