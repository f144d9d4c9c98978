package dev.alta.loadtest.scorer;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.proto.v1.Encounter;
import java.util.ArrayList;
import java.util.List;

/** Generated encounters that can be scored, and what they are once they are cleaned. */
public record BenchRows(List<Encounter> encounters, List<Row> cleaned) {
  public static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private static final long SEED = 1;

  /** So many of them, always the same ones. */
  public static BenchRows generate(int rows) {
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), SEED);
    Cleaner cleaner = new Cleaner(CONTRACT);
    List<Encounter> encounters = new ArrayList<>();
    List<Row> cleaned = new ArrayList<>();
    while (encounters.size() < rows) {
      Row row = generator.next();
      CONTRACT.columns().stream().filter(column -> column.identifies()).forEach(row::clear);
      Encounter encounter = RowMessage.write(row, Encounter.newBuilder()).build();
      if (Intake.check(CONTRACT, Door.SCORE, encounter) instanceof Checked.Accepted accepted
          && cleaner.clean(accepted.row()) instanceof Cleaned.Kept kept) {
        encounters.add(encounter);
        cleaned.add(kept.row());
      }
    }
    return new BenchRows(encounters, cleaned);
  }
}
