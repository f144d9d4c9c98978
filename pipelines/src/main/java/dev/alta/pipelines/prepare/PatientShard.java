package dev.alta.pipelines.prepare;

import dev.alta.core.split.Side;
import dev.alta.core.split.Stratum;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the patients of one shard, a small part of all patients, over all batches.
 */
final class PatientShard {
  /** What is done with a patient; the side is null where the patient has none yet. */
  @FunctionalInterface
  interface Each {
    void patient(long patient, Stratum stratum, @Nullable Side side);
  }

  private static final class Joined {
    final int[] labels;
    byte side;

    Joined(int classes) {
      labels = new int[classes];
    }
  }

  private final List<PatientPack> packs;
  private final Map<Long, Joined> patients = new HashMap<>();
  private final Map<IntBuffer, Stratum> strata = new HashMap<>();

  private PatientShard(List<PatientPack> packs) {
    this.packs = packs;
  }

  /** Joins what the batches know of the patients. */
  static PatientShard of(Iterable<PatientPack> packs) {
    List<PatientPack> all = new ArrayList<>();
    packs.forEach(all::add);
    PatientShard shard = new PatientShard(all);
    all.forEach(shard::add);
    return shard;
  }

  /** Their number, from that of the rows: so that each has about 20,000 rows. */
  static int shards(long rows) {
    return (int) Math.max(8, Math.min(512, rows / 20_000));
  }

  /** The shard of a patient: 0 to shards - 1. */
  static int of(long patient, int shards) {
    // Spreads consecutive numbers; another function than the split's, so that a shard is no sample.
    long mixed = (patient ^ patient >>> 32) * 0xd6e8feb86659fd93L;
    return (int) Math.floorMod(mixed ^ mixed >>> 32, (long) shards);
  }

  void forEach(Each each) {
    patients.forEach(
        (patient, joined) ->
            each.patient(patient, stratum(joined.labels), PatientPack.side(joined.side)));
  }

  /** The patients by batch; one who is in several batches is in several packs. */
  List<PatientPack> packs() {
    return packs;
  }

  private void add(PatientPack pack) {
    int classes = pack.classes();
    for (int i = 0; i < pack.patients().length; i++) {
      Joined joined = patients.computeIfAbsent(pack.patients()[i], p -> new Joined(classes));
      for (int label = 0; label < classes; label++) {
        joined.labels[label] += pack.labels()[i * classes + label];
      }
      // Batches are read one after the other, but nobody is moved: they all say the same.
      joined.side = pack.sides()[i];
    }
  }

  private Stratum stratum(int[] labels) {
    return strata.computeIfAbsent(
        IntBuffer.wrap(labels), l -> new Stratum(Arrays.stream(labels).boxed().toList()));
  }
}
