package dev.alta.training.dataset;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.history.HistoryColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as callers give them who know nothing of a patient's earlier encounters. */
final class FirstEncounters {
  private final Contract contract;
  private final Encoder encoder;
  private final Cleaner cleaner;
  private final List<Column> made;
  private final float[] vector;
  private final Vectors vectors;

  private FirstEncounters(Contract contract, Encoder encoder, int rows) {
    this.contract = contract;
    this.encoder = encoder;
    this.cleaner = new Cleaner(contract);
    this.made = HistoryColumns.of(contract).made();
    this.vector = new float[encoder.size()];
    this.vectors = new Vectors(encoder.size(), rows);
  }

  /** Null where nothing that is encoded is made from earlier encounters. */
  static @Nullable FirstEncounters of(Contract contract, Encoder encoder, int rows) {
    return encoder.readsHistory() ? new FirstEncounters(contract, encoder, rows) : null;
  }

  void add(Row row) {
    Row alone = new Row(row);
    made.forEach(alone::clear);
    // Again, so that what is left out gets its default.
    if (!(cleaner.clean(alone) instanceof Cleaned.Kept kept)) {
      throw new IllegalStateException("a row of clean_data is excluded (expected: none)");
    }
    encoder.encode(kept.row(), vector);
    vectors.add(vector, row.position(contract.target()));
  }

  Vectors vectors() {
    return vectors;
  }
}
