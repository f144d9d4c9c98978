package dev.alta.database;

import dev.alta.core.contract.Contract;
import dev.alta.core.split.PatientHash;
import dev.alta.core.split.Place;
import dev.alta.core.split.Side;
import dev.alta.core.split.SideCounts;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.StratumCut;
import dev.alta.proto.v1.CutPlace;
import dev.alta.proto.v1.Deviations;
import dev.alta.proto.v1.PatientsBySide;
import dev.alta.proto.v1.SideRows;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.proto.v1.StratumCertificate;
import java.util.Map;

/** The certificate of a split, from what stands in the tables of its generation. */
final class Certificates {
  private Certificates() {}

  static SplitCertificate of(Contract contract, Generation generation, SplitPlan plan) {
    SplitCertificate.Builder certificate =
        SplitCertificate.newBuilder()
            .setContract(contract.name())
            .setGeneration(Math.toIntExact(generation.number()))
            .setPublishedAt(generation.createdAt().toString())
            .setSeed(generation.seed())
            .setHash(PatientHash.DEFINITION)
            .setAssignmentSha256(generation.assignmentSha256().orElse(""))
            .setAssignmentDigest(digest(generation.number()))
            .setSplitSha256(generation.splitSha256())
            .setRowsRead(Math.toIntExact(generation.rowsRead()))
            .setRowsKept(Math.toIntExact(generation.kept()));
    generation
        .excluded()
        .forEach((reason, rows) -> certificate.putRowsExcluded(reason, Math.toIntExact(rows)));
    for (Side side : Side.values()) {
      SideRows.Builder rows =
          SideRows.newBuilder()
              .setSide(side.label())
              .setPatients(Math.toIntExact(plan.patients(side)));
      generation
          .counts()
          .getOrDefault(side, Map.of())
          .forEach((label, count) -> rows.putRows(label, Math.toIntExact(count)));
      certificate.addSides(rows);
    }
    plan.cuts().forEach(cut -> certificate.addStrata(stratum(cut)));
    return certificate.build();
  }

  private static String digest(long generation) {
    return "SHA-256 of the lines \"patient TAB side LF\" of split_assignment, by patient, of this"
        + " generation and those before: COPY (SELECT patient, dataset FROM split_assignment"
        + " WHERE generation <= "
        + generation
        + " ORDER BY patient) TO STDOUT";
  }

  private static StratumCertificate stratum(StratumCut cut) {
    SideCounts patients = cut.patients();
    return StratumCertificate.newBuilder()
        .setEncounters(cut.stratum().toString())
        .setKept(bySide(cut.kept()))
        .setFresh(bySide(cut.fresh()))
        .setTrainLast(place(cut.trainLast()))
        .setValidationLast(place(cut.validationLast()))
        .setDeviation(
            Deviations.newBuilder()
                .setTrain(patients.deviation(Side.TRAIN))
                .setValidation(patients.deviation(Side.VALIDATION))
                .setTest(patients.deviation(Side.TEST)))
        .build();
  }

  private static PatientsBySide bySide(SideCounts patients) {
    return PatientsBySide.newBuilder()
        .setTrain(Math.toIntExact(patients.train()))
        .setValidation(Math.toIntExact(patients.validation()))
        .setTest(Math.toIntExact(patients.test()))
        .build();
  }

  private static CutPlace place(Place place) {
    return CutPlace.newBuilder().setHash(place.hash()).setPatient(place.patient()).build();
  }
}
