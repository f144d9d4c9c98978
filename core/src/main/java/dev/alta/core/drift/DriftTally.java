package dev.alta.core.drift;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.profile.ProfileView;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts rows beside those of a reference, and says how far each input has moved. Numbers of
 * encounters and patients, the target and columns that are no inputs are left aside; so are columns
 * that the reference did not have, and those made from earlier encounters: more of these are known
 * the longer data are collected, whatever becomes of the patients. Not safe for use by several
 * threads.
 */
public final class DriftTally {
  private final List<ColumnBins> columns = new ArrayList<>();
  private final long referenceRows;
  private long rows;

  /**
   * Of no rows yet.
   *
   * @param reference profile of the rows that a model has learned from
   * @throws IllegalArgumentException if it is of another contract
   */
  public DriftTally(Contract contract, DataProfile reference) {
    ProfileView view = new ProfileView(contract, reference);
    this.referenceRows = view.rows();
    for (Column column : contract.columns()) {
      boolean isInput = !column.identifies() && column.role() != Role.IGNORED;
      if (isInput && column.history() == null && view.has(column.name())) {
        columns.add(ColumnBins.of(column, view.of(column.name())));
      }
    }
  }

  /** Counts a cleaned row of the contract. */
  public void add(Row cleaned) {
    rows++;
    columns.forEach(column -> column.add(cleaned));
  }

  /** Rows counted so far. */
  public long rows() {
    return rows;
  }

  /** How far they have moved. */
  public InputDrift drift() {
    return new InputDrift(rows, referenceRows, columns.stream().map(ColumnBins::drift).toList());
  }
}
