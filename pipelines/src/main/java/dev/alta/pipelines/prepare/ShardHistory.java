package dev.alta.pipelines.prepare;

import dev.alta.core.history.HistoryColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Goes through the encounters of one shard's patients, over all batches, in the order of keys. */
final class ShardHistory {
  private record Encounter(int pack, int index, long patient, long key) {}

  private static final Comparator<Encounter> BY_PATIENT_AND_KEY =
      Comparator.comparingLong(Encounter::patient).thenComparingLong(Encounter::key);

  private final HistoryColumns columns;
  private final List<PatientPack> packs;
  private final List<EncounterPack.Builder> made = new ArrayList<>();

  private ShardHistory(HistoryColumns columns, List<PatientPack> packs) {
    this.columns = columns;
    this.packs = packs;
    packs.forEach(pack -> made.add(new EncounterPack.Builder(columns.made().size())));
  }

  /**
   * Makes the history of each encounter that has one.
   *
   * @return for each pack the encounters with an earlier one, and what was made of those
   */
  static List<EncounterPack> of(HistoryColumns columns, List<PatientPack> packs) {
    ShardHistory history = new ShardHistory(columns, packs);
    history.make();
    return history.made.stream().map(EncounterPack.Builder::build).toList();
  }

  private void make() {
    HistoryColumns.Tally tally = columns.nothing();
    Encounter last = null;
    for (Encounter encounter : sorted()) {
      if (last == null || last.patient() != encounter.patient()) {
        tally = columns.nothing();
      }
      if (!tally.isEmpty()) {
        EncounterPack.Builder builder = made.get(encounter.pack());
        int from = builder.add(encounter.patient(), encounter.key());
        tally.at(encounter.key(), builder.values(), from);
      }
      EncounterPack known = packs.get(encounter.pack()).encounters();
      tally.add(encounter.key(), known.values(), encounter.index() * known.width());
      last = encounter;
    }
  }

  private List<Encounter> sorted() {
    List<Encounter> all = new ArrayList<>();
    for (int pack = 0; pack < packs.size(); pack++) {
      EncounterPack encounters = packs.get(pack).encounters();
      for (int i = 0; i < encounters.size(); i++) {
        all.add(new Encounter(pack, i, encounters.patients()[i], encounters.keys()[i]));
      }
    }
    all.sort(BY_PATIENT_AND_KEY);
    return all;
  }
}
