package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.history.HistoryColumns;
import dev.alta.core.split.Side;
import dev.alta.pipelines.PipelineException;
import java.util.HashMap;
import java.util.Map;

/** What a batch was told of its patients: their sides, and the histories of their encounters. */
final class PatientFacts {
  private record Made(EncounterPack pack, int index) {}

  private final Contract contract;
  private final HistoryColumns history;
  private final Map<Long, Side> sides = new HashMap<>();
  private final Map<Long, Made> histories = new HashMap<>();

  private PatientFacts(Contract contract) {
    this.contract = contract;
    this.history = HistoryColumns.of(contract);
  }

  static PatientFacts of(Contract contract, Iterable<SidePack> packs) {
    PatientFacts facts = new PatientFacts(contract);
    packs.forEach(facts::add);
    return facts;
  }

  private void add(SidePack pack) {
    for (int i = 0; i < pack.patients().length; i++) {
      Side side = PatientPack.side(pack.sides()[i]);
      if (side != null) {
        sides.put(pack.patients()[i], side);
      }
    }
    EncounterPack encounters = pack.histories();
    for (int i = 0; i < encounters.size(); i++) {
      histories.put(encounters.keys()[i], new Made(encounters, i));
    }
  }

  /** Adds to an encounter what is known from earlier ones. */
  void addHistory(Row row) {
    Made made = histories.get(row.whole(contract.key()));
    if (made != null) {
      history.put(row, made.pack().values(), made.index() * made.pack().width());
    }
  }

  /**
   * The side of an encounter's patient.
   *
   * @throws PipelineException if nobody has told
   */
  Side side(Row row) {
    Side side = sides.get(row.whole(contract.patient()));
    if (side == null) {
      throw new PipelineException(
          "raw_data: a patient more than when the split was made (expected: rows that stay)");
    }
    return side;
  }
}
