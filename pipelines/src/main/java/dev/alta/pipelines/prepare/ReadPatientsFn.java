package dev.alta.pipelines.prepare;

import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.history.HistoryColumns;
import dev.alta.core.split.Side;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.PipelineException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch and tells which patients are in it, with the classes of their encounters, the side
 * that they have already and what the history of later encounters is made from. By shard, so that
 * those of several batches come together.
 */
final class ReadPatientsFn extends DatabaseFn<Long, KV<Integer, PatientPack>> {
  private final int shards;

  ReadPatientsFn(DatabaseSettings settings, Contract contract, int shards) {
    super(settings, contract);
    this.shards = shards;
  }

  @ProcessElement
  public void read(@Element Long batch, OutputReceiver<KV<Integer, PatientPack>> out) {
    Map<Long, int[]> patients = new HashMap<>();
    Map<Integer, EncounterPack.Builder> encounters = new TreeMap<>();
    read(batch, patients, encounters);
    Map<Long, Side> sides =
        database()
            .cleanData()
            .sides(patients.keySet().stream().mapToLong(Long::longValue).toArray());
    Map<Integer, Map<Long, int[]>> byShard = new TreeMap<>();
    encounters.keySet().forEach(shard -> byShard.put(shard, new TreeMap<>()));
    patients.forEach(
        (patient, labels) ->
            byShard
                .computeIfAbsent(PatientShard.of(patient, shards), shard -> new TreeMap<>())
                .put(patient, labels));
    byShard.forEach(
        (shard, some) -> out.output(KV.of(shard, pack(batch, some, sides, encounters.get(shard)))));
  }

  /**
   * Reads the rows of a batch.
   *
   * @param patients takes the kept encounters by class of each patient
   * @param encounters take all encounters, by shard; none where the contract has no history
   */
  private void read(
      long batch, Map<Long, int[]> patients, Map<Integer, EncounterPack.Builder> encounters) {
    Cleaner cleaner = new Cleaner(contract());
    HistoryColumns history = HistoryColumns.of(contract());
    List<Column> columns =
        Stream.of(
                List.of(contract().key(), contract().patient(), contract().target()),
                cleaner.deciding(),
                history.sources())
            .flatMap(List::stream)
            .distinct()
            .toList();
    database()
        .rawData()
        .read(
            batch,
            columns,
            raw -> {
              if (cleaner.exclusion(raw).isEmpty()) {
                count(raw, patients);
              }
              if (!history.isEmpty()) {
                add(raw, history, encounters);
              }
            });
  }

  private void add(
      Row raw, HistoryColumns history, Map<Integer, EncounterPack.Builder> encounters) {
    long patient = raw.whole(contract().patient());
    EncounterPack.Builder shard =
        encounters.computeIfAbsent(
            PatientShard.of(patient, shards),
            s -> new EncounterPack.Builder(history.sources().size()));
    int from = shard.add(patient, raw.whole(contract().key()));
    history.read(raw, shard.values(), from);
  }

  private void count(Row row, Map<Long, int[]> patients) {
    int label = row.position(contract().target());
    if (label < 0) {
      throw new PipelineException(
          "raw_data: a value of "
              + contract().target()
              + " that is none of the contract's (expected: one of "
              + contract().classes()
              + ")");
    }
    patients
        .computeIfAbsent(
            row.whole(contract().patient()), p -> new int[contract().target().values().size()])[
        label]++;
  }

  private static PatientPack pack(
      long batch,
      Map<Long, int[]> some,
      Map<Long, Side> sides,
      EncounterPack.@Nullable Builder encounters) {
    long[] patients = some.keySet().stream().mapToLong(Long::longValue).toArray();
    int[] labels = some.values().stream().flatMapToInt(Arrays::stream).toArray();
    byte[] codes = new byte[patients.length];
    for (int i = 0; i < patients.length; i++) {
      codes[i] = PatientPack.code(sides.get(patients[i]));
    }
    return new PatientPack(
        batch,
        patients,
        labels,
        codes,
        encounters == null ? EncounterPack.NONE : encounters.build());
  }
}
