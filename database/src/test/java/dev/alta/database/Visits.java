package dev.alta.database;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.testing.Visit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Rows of the contract for tests. */
final class Visits {
  static final Contract CONTRACT = Contract.of(Visit.getDescriptor());

  private static final int TEXT_LENGTH = 30;
  private static final byte[] TEXTS = texts();

  private Visits() {}

  /** A visit of patient {@code id / 2} with values that follow from the number. */
  static Row visit(long id) {
    return visit(id, id % 3 == 0 ? "yes" : "no");
  }

  static Row visit(long id, String cameBack) {
    Visit.Builder visit =
        Visit.newBuilder()
            .setVisitId(id)
            .setPerson(id / 2)
            .setWard(id % 5 == 0 ? "n/a" : "surgery")
            .setCreatinine(id / 100.0)
            .setCause(id % 2 == 0 ? "250.83" : "V57")
            .setCameBack(cameBack);
    if (id % 2 == 0) {
      visit.setFalls((int) (id % 7));
    }
    Checked checked = Intake.check(CONTRACT, Door.STORE, visit.build());
    return ((Checked.Accepted) checked).row();
  }

  static List<Row> visits(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(Visits::visit).toList();
  }

  /** Rows of the lines from 2 on, whose own text is "the text of line 2" and so on. */
  static AcceptedRows rows(List<Row> rows) {
    AcceptedRows accepted = new AcceptedRows(TEXTS, rows.size());
    rows.forEach(row -> add(accepted, row));
    return accepted;
  }

  static void add(AcceptedRows rows, Row row) {
    int line = rows.size() + 2;
    int from = (line - 2) * TEXT_LENGTH;
    rows.row(CONTRACT, row);
    rows.endRow(line, from, from + text(line).length());
  }

  private static byte[] texts() {
    StringBuilder texts = new StringBuilder();
    for (int line = 2; line < 1_000; line++) {
      texts.append(String.format(Locale.ROOT, "%-" + TEXT_LENGTH + "s", text(line)));
    }
    return texts.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(int line) {
    return "the text of line " + line;
  }

  static Row clean(long id) {
    return ((Cleaned.Kept) new Cleaner(CONTRACT).clean(visit(id))).row();
  }
}
