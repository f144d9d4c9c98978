package dev.alta.pipelines.prepare;

import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
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

/**
 * Reads a batch and tells which patients are in it, with the classes of their encounters and the
 * side that they have already. By shard, so that those of several batches come together.
 */
final class ReadPatientsFn extends DatabaseFn<Long, KV<Integer, PatientPack>> {
  private final int shards;

  ReadPatientsFn(DatabaseSettings settings, Contract contract, int shards) {
    super(settings, contract);
    this.shards = shards;
  }

  @ProcessElement
  public void read(@Element Long batch, OutputReceiver<KV<Integer, PatientPack>> out) {
    Map<Long, int[]> patients = patients(batch);
    Map<Long, Side> sides =
        database()
            .cleanData()
            .sides(patients.keySet().stream().mapToLong(Long::longValue).toArray());
    Map<Integer, Map<Long, int[]>> byShard = new TreeMap<>();
    patients.forEach(
        (patient, labels) ->
            byShard
                .computeIfAbsent(PatientShard.of(patient, shards), shard -> new TreeMap<>())
                .put(patient, labels));
    byShard.forEach((shard, some) -> out.output(KV.of(shard, pack(batch, some, sides))));
  }

  /** The kept rows of a batch: encounters by class of each patient. */
  private Map<Long, int[]> patients(long batch) {
    Cleaner cleaner = new Cleaner(contract());
    List<Column> columns =
        Stream.concat(
                Stream.of(contract().patient(), contract().target()), cleaner.deciding().stream())
            .distinct()
            .toList();
    Map<Long, int[]> patients = new HashMap<>();
    database()
        .rawData()
        .read(
            batch,
            columns,
            raw -> {
              if (cleaner.exclusion(raw).isEmpty()) {
                count(raw, patients);
              }
            });
    return patients;
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

  private static PatientPack pack(long batch, Map<Long, int[]> some, Map<Long, Side> sides) {
    long[] patients = some.keySet().stream().mapToLong(Long::longValue).toArray();
    int[] labels = some.values().stream().flatMapToInt(Arrays::stream).toArray();
    byte[] codes = new byte[patients.length];
    for (int i = 0; i < patients.length; i++) {
      codes[i] = PatientPack.code(sides.get(patients[i]));
    }
    return new PatientPack(batch, patients, labels, codes);
  }
}
