package dev.alta.pipelines.prepare;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;
import dev.alta.database.CleanRow;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.PipelineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.values.KV;

/**
 * Reads a batch again and writes its cleaned rows, each with the side of its patient. Reading twice
 * is cheaper than sending every row through a shuffle. May be tried any number of times.
 */
final class WriteBatchFn extends DatabaseFn<KV<Long, Iterable<KV<Long, String>>>, Void> {
  /** Stands for no patient: every batch is sent one, so that those without patients come too. */
  static final KV<Long, String> NOBODY = KV.of(0L, "");

  private final long run;

  WriteBatchFn(DatabaseSettings settings, Contract contract, long run) {
    super(settings, contract);
    this.run = run;
  }

  @ProcessElement
  public void write(@Element KV<Long, Iterable<KV<Long, String>>> batch) {
    Map<Long, Side> sides = new HashMap<>();
    for (KV<Long, String> patient : batch.getValue()) {
      if (!patient.getValue().isEmpty()) {
        sides.put(patient.getKey(), Side.of(patient.getValue()));
      }
    }
    Cleaner cleaner = new Cleaner(contract());
    List<CleanRow> rows = new ArrayList<>();
    Map<String, Long> excluded = new TreeMap<>();
    database()
        .rawData()
        .read(
            batch.getKey(),
            raw -> {
              Cleaned cleaned = cleaner.clean(raw);
              if (cleaned instanceof Cleaned.Kept kept) {
                rows.add(new CleanRow(kept.row(), side(kept.row(), sides)));
              } else if (cleaned instanceof Cleaned.Excluded reason) {
                excluded.merge(reason.reason(), 1L, Long::sum);
              }
            });
    database().cleanData().write(run, batch.getKey(), rows, excluded);
  }

  private Side side(Row row, Map<Long, Side> sides) {
    Side side = sides.get(row.whole(contract().patient()));
    if (side == null) {
      throw new PipelineException(
          "raw_data: a patient more than when the split was made (expected: rows that stay)");
    }
    return side;
  }
}
