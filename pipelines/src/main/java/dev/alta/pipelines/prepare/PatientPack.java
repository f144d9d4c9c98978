package dev.alta.pipelines.prepare;

import dev.alta.core.split.Side;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * What the split needs to know of some patients of a batch. There may be millions of patients, so
 * they travel many at a time and as plain numbers.
 *
 * @param patients their numbers
 * @param labels encounters by class: those of the first patient, those of the second, …
 * @param sides of each patient, see {@link #code}
 * @param encounters all that the batch has of these patients and of those who have excluded ones
 *     only, with what the history of later ones is made from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PatientPack(
    long batch, long[] patients, int[] labels, byte[] sides, EncounterPack encounters) {
  private static final List<Side> SIDES = List.of(Side.values());

  /** A side as a number: 0 for none, then in their order. */
  static byte code(@Nullable Side side) {
    return side == null ? 0 : (byte) (1 + SIDES.indexOf(side));
  }

  /** The side of a number; null for none. */
  static @Nullable Side side(byte code) {
    return code == 0 ? null : SIDES.get(code - 1);
  }

  int classes() {
    return patients.length == 0 ? 0 : labels.length / patients.length;
  }

  /** A few bytes for each patient. */
  static final class Codec extends CustomCoder<PatientPack> {
    @Override
    public void encode(PatientPack pack, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      VarInt.encode(pack.batch(), out);
      VarInt.encode(pack.patients().length, out);
      VarInt.encode(pack.classes(), out);
      for (long patient : pack.patients()) {
        VarInt.encode(patient, out);
      }
      for (int label : pack.labels()) {
        VarInt.encode(label, out);
      }
      out.write(pack.sides());
      pack.encounters().encode(out);
    }

    @Override
    public PatientPack decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      long batch = VarInt.decodeLong(in);
      long[] patients = new long[VarInt.decodeInt(in)];
      int[] labels = new int[patients.length * VarInt.decodeInt(in)];
      byte[] sides = new byte[patients.length];
      for (int i = 0; i < patients.length; i++) {
        patients[i] = VarInt.decodeLong(in);
      }
      for (int i = 0; i < labels.length; i++) {
        labels[i] = VarInt.decodeInt(in);
      }
      in.readFully(sides);
      return new PatientPack(batch, patients, labels, sides, EncounterPack.decode(in));
    }

    @Override
    public void verifyDeterministic() {}
  }
}
