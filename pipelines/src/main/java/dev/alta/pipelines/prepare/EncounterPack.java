package dev.alta.pipelines.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.util.VarInt;

/**
 * Encounters with some whole numbers each: on the way to the shard of their patient what their
 * history is made from, on the way back what was made.
 *
 * @param patients the patient of each
 * @param keys of each
 * @param values those of the first, those of the second, …
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncounterPack(long[] patients, long[] keys, long[] values) {
  static final EncounterPack NONE = new EncounterPack(new long[0], new long[0], new long[0]);

  int size() {
    return keys.length;
  }

  /** Values of each encounter. */
  int width() {
    return keys.length == 0 ? 0 : values.length / keys.length;
  }

  void encode(OutputStream out) throws IOException {
    VarInt.encode(size(), out);
    VarInt.encode(width(), out);
    for (long[] numbers : new long[][] {patients, keys, values}) {
      for (long number : numbers) {
        VarInt.encode(number, out);
      }
    }
  }

  static EncounterPack decode(InputStream in) throws IOException {
    int size = VarInt.decodeInt(in);
    int width = VarInt.decodeInt(in);
    EncounterPack pack = new EncounterPack(new long[size], new long[size], new long[size * width]);
    for (long[] numbers : new long[][] {pack.patients, pack.keys, pack.values}) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = VarInt.decodeLong(in);
      }
    }
    return pack;
  }

  /** Takes encounters one by one. */
  static final class Builder {
    private final int width;
    private long[] patients = new long[64];
    private long[] keys = new long[64];
    private long[] values;
    private int size;

    Builder(int width) {
      this.width = width;
      this.values = new long[64 * width];
    }

    /** Adds an encounter; gives the index of the first of its {@link #values}. */
    int add(long patient, long key) {
      if (size == keys.length) {
        patients = Arrays.copyOf(patients, 2 * size);
        keys = Arrays.copyOf(keys, 2 * size);
        values = Arrays.copyOf(values, 2 * size * width);
      }
      patients[size] = patient;
      keys[size] = key;
      return size++ * width;
    }

    /** Where the values are to be written; another array after each {@link #add}. */
    long[] values() {
      return values;
    }

    EncounterPack build() {
      return new EncounterPack(
          Arrays.copyOf(patients, size),
          Arrays.copyOf(keys, size),
          Arrays.copyOf(values, size * width));
    }
  }
}
