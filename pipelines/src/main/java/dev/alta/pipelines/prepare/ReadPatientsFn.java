package dev.alta.pipelines.prepare;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.split.Stratum;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.PipelineException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.KV;

/** Reads a batch and tells which patients are in it, with the classes of their encounters. */
final class ReadPatientsFn extends DatabaseFn<Long, KV<Long, PatientRows>> {
  ReadPatientsFn(DatabaseSettings settings, Contract contract) {
    super(settings, contract);
  }

  @ProcessElement
  public void read(@Element Long batch, OutputReceiver<KV<Long, PatientRows>> out) {
    Cleaner cleaner = new Cleaner(contract());
    Map<Long, int[]> patients = new HashMap<>();
    database()
        .rawData()
        .read(
            batch,
            raw -> {
              if (cleaner.clean(raw) instanceof Cleaned.Kept kept) {
                count(kept.row(), patients);
              }
            });
    patients.forEach(
        (patient, labels) ->
            out.output(KV.of(patient, new PatientRows(stratum(labels), List.of(batch)))));
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
            row.whole(contract().patient()), p -> new int[contract().classes().size()])[label]++;
  }

  private static Stratum stratum(int[] labels) {
    return new Stratum(Arrays.stream(labels).boxed().toList());
  }
}
