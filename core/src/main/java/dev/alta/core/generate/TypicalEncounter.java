package dev.alta.core.generate;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Role;

/** An encounter to show and to try: the most frequent value or the mean of every column. */
public final class TypicalEncounter {
  private static final String ANY_ICD9_CODE = "428";
  private static final String ANY_TEXT = "unknown";

  private TypicalEncounter() {}

  /** With the columns that must be given to be scored, and no others. */
  public static Row of(Contract contract) {
    Row row = new Row(contract);
    for (Column column : contract.columns()) {
      if (column.requiredAt(Door.SCORE)) {
        put(row, column);
      }
    }
    return row;
  }

  private static void put(Row row, Column column) {
    if (column.role() == Role.NUMBER) {
      double mean = Math.rint(column.mean());
      if (column.type() == Column.Type.WHOLE) {
        row.put(column, (long) mean);
      } else {
        row.put(column, mean);
      }
    } else if (column.type() == Column.Type.WHOLE) {
      row.put(column, Long.parseLong(mostFrequent(column)));
    } else {
      row.put(column, mostFrequent(column));
    }
  }

  private static String mostFrequent(Column column) {
    String best = column.role() == Role.CODE ? ANY_ICD9_CODE : ANY_TEXT;
    double share = -1;
    for (int i = 0; i < column.values().size(); i++) {
      double candidate = column.shares().isEmpty() ? 0 : column.shares().get(i);
      if (candidate > share && column.values().get(i).excluded().isEmpty()) {
        best = column.values().get(i).value();
        share = candidate;
      }
    }
    return best;
  }
}
