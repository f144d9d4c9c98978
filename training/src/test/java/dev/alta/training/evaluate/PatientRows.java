package dev.alta.training.evaluate;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.training.GeneratedRows;
import dev.alta.training.dataset.RowFacts;

/** Makes facts of rows of given patients. */
final class PatientRows {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;

  private PatientRows() {}

  /** Row by row the patient's number; all are women whose race is not recorded. */
  static RowFacts of(long... patients) {
    RowFacts facts = new RowFacts(CONTRACT, patients.length);
    for (int row = 0; row < patients.length; row++) {
      facts.add(row(row, patients[row]));
    }
    return facts;
  }

  static Row row(long key, long patient) {
    Row row = new Row(CONTRACT);
    row.put(CONTRACT.key(), key + 1);
    row.put(CONTRACT.patient(), patient);
    Column gender = CONTRACT.column("gender");
    row.put(gender, "Female");
    return row;
  }
}
