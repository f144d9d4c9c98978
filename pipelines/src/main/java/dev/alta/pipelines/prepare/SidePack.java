package dev.alta.pipelines.prepare;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * The sides of some patients of a batch, see {@link PatientPack#code}, and the histories of their
 * encounters.
 *
 * @param patients their numbers
 * @param histories of those encounters that have earlier ones
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SidePack(long[] patients, byte[] sides, EncounterPack histories) {
  /** Of nobody: every batch is sent one, so that those without patients come, too. */
  static final SidePack NOBODY = new SidePack(new long[0], new byte[0], EncounterPack.NONE);

  /** A few bytes for each patient. */
  static final class Codec extends CustomCoder<SidePack> {
    @Override
    public void encode(SidePack pack, OutputStream stream) throws IOException {
      DataOutputStream out = new DataOutputStream(stream);
      VarInt.encode(pack.patients().length, out);
      for (long patient : pack.patients()) {
        VarInt.encode(patient, out);
      }
      out.write(pack.sides());
      pack.histories().encode(out);
    }

    @Override
    public SidePack decode(InputStream stream) throws IOException {
      DataInputStream in = new DataInputStream(stream);
      long[] patients = new long[VarInt.decodeInt(in)];
      byte[] sides = new byte[patients.length];
      for (int i = 0; i < patients.length; i++) {
        patients[i] = VarInt.decodeLong(in);
      }
      in.readFully(sides);
      return new SidePack(patients, sides, EncounterPack.decode(in));
    }

    @Override
    public void verifyDeterministic() {}
  }
}
