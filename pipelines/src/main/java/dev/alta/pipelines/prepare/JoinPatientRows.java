package dev.alta.pipelines.prepare;

import org.apache.beam.sdk.transforms.Combine;

/** Joins what several batches know of a patient. */
final class JoinPatientRows extends Combine.BinaryCombineFn<PatientRows> {
  @Override
  public PatientRows apply(PatientRows left, PatientRows right) {
    return left.plus(right);
  }
}
