package dev.alta.database;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.testing.Visit;

/** Rows of the contract for tests. */
final class Visits {
  static final Contract CONTRACT = Contract.of(Visit.getDescriptor());

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

  static Row clean(long id) {
    return ((Cleaned.Kept) new Cleaner(CONTRACT).clean(visit(id))).row();
  }
}
