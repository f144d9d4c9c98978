package dev.alta.core.split;

import java.util.Optional;

/**
 * What the tables say of a patient, each as it stands there, right or not.
 *
 * @param assigned where and since when the patient is assigned; empty for one with rows only
 * @param rows what the patient's rows say; empty for one without
 */
public record PatientRecord(long patient, Optional<Assigned> assigned, Optional<Rows> rows) {
  /**
   * A row of split_assignment.
   *
   * @param side {@code train}, {@code validation} or {@code test}
   * @param generation that put the patient there
   * @param stratum by which the patient was dealt out; empty where that was not kept
   */
  public record Assigned(String side, long generation, Optional<String> stratum) {}

  /**
   * The rows of clean_data.
   *
   * @param side of all of them, or the first of several
   * @param otherSide the same, or the last of several
   * @param stratum encounters by class
   */
  public record Rows(String side, String otherSide, String stratum) {}
}
