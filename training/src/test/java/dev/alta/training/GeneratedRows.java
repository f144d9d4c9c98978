package dev.alta.training;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.core.split.Side;
import dev.alta.proto.v1.Encounter;
import dev.alta.training.dataset.RowSource;
import java.util.ArrayList;
import java.util.List;

/** Makes cleaned rows with a real signal, by key, each patient on one side of the split. */
public final class GeneratedRows {
  public static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private GeneratedRows() {}

  /** Some of them are no cases for the prediction, so that there will be fewer. */
  public static List<CleanRow> of(Contract contract, int count, long seed) {
    EncounterGenerator generator = new EncounterGenerator(contract, Effects.of(contract), seed);
    Cleaner cleaner = new Cleaner(contract);
    List<CleanRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (cleaner.clean(generator.next()) instanceof Cleaned.Kept kept) {
        rows.add(new CleanRow(kept.row(), side(kept.row())));
      }
    }
    return rows;
  }

  public static RowSource source(List<CleanRow> rows) {
    return each -> {
      rows.forEach(row -> each.accept(row.side(), row.row()));
      return 1;
    };
  }

  private static Side side(Row row) {
    long place = row.whole(row.contract().patient()) % 5;
    return place < 3 ? Side.TRAIN : place == 3 ? Side.VALIDATION : Side.TEST;
  }
}
