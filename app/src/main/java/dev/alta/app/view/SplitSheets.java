package dev.alta.app.view;

import dev.alta.core.contract.Contract;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.proto.v1.Deviations;
import dev.alta.proto.v1.SideRows;
import dev.alta.proto.v1.SideSheet;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.proto.v1.SplitSheet;
import dev.alta.proto.v1.ValueCount;

/** A certificate without the cuts of its strata. */
final class SplitSheets {
  private SplitSheets() {}

  static SplitSheet of(Contract contract, SplitCertificate certificate) {
    SplitSheet.Builder sheet =
        SplitSheet.newBuilder()
            .setContract(certificate.getContract())
            .setGeneration(certificate.getGeneration())
            .setPublishedAt(certificate.getPublishedAt())
            .setSeed(Long.toString(certificate.getSeed()))
            .setHash(certificate.getHash())
            .setAssignmentSha256(certificate.getAssignmentSha256())
            .setAssignmentDigest(certificate.getAssignmentDigest())
            .setSplitSha256(certificate.getSplitSha256())
            .setRowsRead(certificate.getRowsRead())
            .setRowsKept(certificate.getRowsKept())
            .setStrata(certificate.getStrataCount())
            .setLargestDeviation(largestDeviation(certificate))
            .setObject(DatasetDocuments.certificateName(certificate.getGeneration()));
    certificate
        .getRowsExcludedMap()
        .forEach((reason, rows) -> sheet.putRowsExcluded(reason, rows.longValue()));
    certificate.getSidesList().forEach(side -> sheet.addSides(side(contract, certificate, side)));
    return sheet.build();
  }

  private static SideSheet side(Contract contract, SplitCertificate certificate, SideRows side) {
    SideSheet.Builder sheet =
        SideSheet.newBuilder().setSide(side.getSide()).setPatients(side.getPatients());
    long rows = 0;
    for (String name : contract.classes()) {
      int ofClass = side.getRowsOrDefault(name, 0);
      rows += ofClass;
      sheet.addClasses(ValueCount.newBuilder().setValue(name).setCount(ofClass));
    }
    double kept = certificate.getRowsKept();
    return sheet.setRows(rows).setShare(kept == 0 ? 0 : rows / kept).build();
  }

  private static double largestDeviation(SplitCertificate certificate) {
    return certificate.getStrataList().stream()
        .mapToDouble(stratum -> largest(stratum.getDeviation()))
        .max()
        .orElse(0);
  }

  private static double largest(Deviations deviation) {
    return Math.max(
        Math.abs(deviation.getTrain()),
        Math.max(Math.abs(deviation.getValidation()), Math.abs(deviation.getTest())));
  }
}
