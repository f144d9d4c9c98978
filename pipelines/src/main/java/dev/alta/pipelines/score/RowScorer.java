package dev.alta.pipelines.score;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import dev.alta.database.RawData;
import dev.alta.model.bundle.Explainer;
import dev.alta.model.bundle.Prediction;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.bundle.Reason;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores records of CSV: the checks of the scorer's own door, the same cleaning, the same model.
 * Nothing in a record makes it fail. Not safe for use by several threads.
 */
final class RowScorer {
  private static final int LONGEST_TEXT = 4_000;

  private final Contract contract;
  private final Cleaner cleaner;
  private final List<Column> cells;
  private final Predictor predictor;
  private final Predictor.BlockScratch scratch;
  private final Explainer explainer;
  private final Explainer.Scratch reasonScratch;
  private final int reasons;
  private final Optional<StoredHistory> history;
  private final List<Row> pending = new ArrayList<>();

  RowScorer(
      Contract contract,
      Header header,
      PinnedModel.Loaded model,
      int reasons,
      Optional<RawData> stored) {
    this.contract = contract;
    this.cleaner = new Cleaner(contract);
    this.cells = header.columns(contract);
    this.predictor = model.predictor();
    this.scratch = predictor.blockScratch();
    this.explainer = model.explainer();
    this.reasonScratch = explainer.scratch();
    this.reasons = reasons;
    this.history = StoredHistory.of(contract, header, model.predictor().encoder(), stored);
  }

  /** Takes a record: keeps it for {@link #answer}, or refuses it. */
  void add(byte[] record, long line, PartRows rows) {
    Optional<String> text = CsvRecord.text(record);
    if (text.isEmpty()) {
      String readable = new String(record, StandardCharsets.UTF_8);
      refuse(line, readable, List.of(noRow("not UTF-8", "text in UTF-8")), rows);
      return;
    }
    Optional<List<String>> values = CsvRecord.cells(text.get());
    if (values.isEmpty()) {
      Violation quotes = noRow("quotes", "a quoted cell ends at its comma, \"\" for a quote");
      refuse(line, text.get(), List.of(quotes), rows);
    } else if (values.get().size() != cells.size()) {
      Violation width = noRow(values.get().size() + " cells", cells.size() + " cells");
      refuse(line, text.get(), List.of(width), rows);
    } else {
      add(text.get(), values.get(), line, rows);
    }
  }

  private void add(String text, List<String> values, long line, PartRows rows) {
    Intake intake = new Intake(contract, Door.SCORE);
    for (int i = 0; i < values.size(); i++) {
      intake.text(cells.get(i), values.get(i));
    }
    Checked checked = intake.finish();
    if (checked instanceof Checked.Rejected rejected) {
      refuse(line, text, rejected.violations(), rows);
      return;
    }
    Cleaned cleaned = cleaner.clean(((Checked.Accepted) checked).row());
    if (cleaned instanceof Cleaned.Excluded excluded) {
      Violation none =
          new Violation(
              excluded.column().name(), "excluded", "a case; it is none: " + excluded.reason());
      refuse(line, text, List.of(none), rows);
      return;
    }
    pending.add(((Cleaned.Kept) cleaned).row());
  }

  /** How many rows wait for their answer. */
  int pending() {
    return pending.size();
  }

  /** Answers all rows that wait; they share one look at what is stored. */
  void answer(PartRows rows) {
    history.ifPresent(known -> known.addTo(pending));
    List<Prediction> predictions = predictor.predict(pending, scratch);
    for (int i = 0; i < predictions.size(); i++) {
      rows.scored().add(answer(pending.get(i), predictions.get(i)));
    }
    pending.clear();
  }

  private Answer answer(Row row, Prediction prediction) {
    Column key = contract.key();
    List<Reason> moved = reasons == 0 ? List.of() : explainer.top(row, reasons, reasonScratch);
    return new Answer(
        text(row, key),
        text(row, contract.patient()),
        row.recorded(key) ? row.whole(key) : Answer.WITHOUT_KEY,
        prediction,
        moved);
  }

  private static String text(Row row, Column column) {
    String text = row.asText(column);
    return text == null ? "" : text;
  }

  private static Violation noRow(String found, String expected) {
    return new Violation("row", found, expected);
  }

  private static void refuse(long line, String text, List<Violation> violations, PartRows rows) {
    String kept = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    rows.unscored().add(new Unscored(line, violations, kept));
  }
}
