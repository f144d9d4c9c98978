package dev.alta.pipelines.prepare;

import dev.alta.core.split.Stratum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;

/** Writes patients in a few bytes: there may be millions of them. */
final class PatientRowsCoder extends CustomCoder<PatientRows> {
  @Override
  public void encode(PatientRows patient, OutputStream out) throws IOException {
    List<Integer> encounters = patient.stratum().encounters();
    VarInt.encode(encounters.size(), out);
    for (int number : encounters) {
      VarInt.encode(number, out);
    }
    VarInt.encode(patient.batches().size(), out);
    for (long batch : patient.batches()) {
      VarInt.encode(batch, out);
    }
  }

  @Override
  public PatientRows decode(InputStream in) throws IOException {
    int classes = VarInt.decodeInt(in);
    List<Integer> encounters = new ArrayList<>(classes);
    for (int i = 0; i < classes; i++) {
      encounters.add(VarInt.decodeInt(in));
    }
    int size = VarInt.decodeInt(in);
    List<Long> batches = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      batches.add(VarInt.decodeLong(in));
    }
    return new PatientRows(new Stratum(encounters), List.copyOf(batches));
  }

  @Override
  public void verifyDeterministic() {}
}
