package dev.alta.pipelines.prepare;

import dev.alta.core.split.Stratum;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the split needs to know of a patient.
 *
 * @param stratum encounters of each class
 * @param batches the batches that they are in, rising
 */
record PatientRows(Stratum stratum, List<Long> batches) {
  PatientRows plus(PatientRows other) {
    List<Integer> encounters =
        IntStream.range(0, stratum.encounters().size())
            .mapToObj(label -> stratum.of(label) + other.stratum.of(label))
            .toList();
    List<Long> all =
        Stream.concat(batches.stream(), other.batches.stream()).sorted().distinct().toList();
    return new PatientRows(new Stratum(encounters), all);
  }
}
