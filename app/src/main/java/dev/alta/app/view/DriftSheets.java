package dev.alta.app.view;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.drift.ColumnDrift;
import dev.alta.core.drift.DriftBin;
import dev.alta.core.drift.InputDrift;
import dev.alta.proto.v1.DriftSheet;
import dev.alta.proto.v1.DriftedBin;
import dev.alta.proto.v1.DriftedColumn;
import java.time.Instant;
import java.util.Optional;

/** A comparison with what the contract says of its columns. */
final class DriftSheets {
  // The usual reading of the index.
  private static final double STABLE_BELOW = 0.1;
  private static final double OTHER_FROM = 0.25;

  private DriftSheets() {}

  static DriftSheet of(
      Contract contract,
      String version,
      InputDrift inputs,
      ColumnDrift scores,
      Optional<Instant> since,
      Optional<Instant> until) {
    DriftSheet.Builder sheet =
        DriftSheet.newBuilder()
            .setModelVersion(version)
            .setRows(inputs.rows())
            .setReferenceRows(inputs.referenceRows())
            .setMeanPsi(inputs.mean())
            .setStableBelow(STABLE_BELOW)
            .setOtherFrom(OTHER_FROM)
            .setScore(drifted(scores).setLabel("Score"));
    since.ifPresent(moment -> sheet.setSince(moment.toString()));
    until.ifPresent(moment -> sheet.setUntil(moment.toString()));
    for (ColumnDrift drift : inputs.columns()) {
      Column column = contract.column(drift.column());
      sheet.addColumns(drifted(drift).setLabel(column.label()).setKind(column.role()));
    }
    return sheet.build();
  }

  private static DriftedColumn.Builder drifted(ColumnDrift drift) {
    long reference = drift.bins().stream().mapToLong(DriftBin::reference).sum();
    long rows = drift.bins().stream().mapToLong(DriftBin::actual).sum();
    DriftedColumn.Builder column =
        DriftedColumn.newBuilder()
            .setName(drift.column())
            .setPsi(drift.psi())
            .setChance(drift.chance())
            .setMoved(drift.reaches(STABLE_BELOW))
            .setReferenceRows(reference)
            .setRows(rows);
    for (DriftBin bin : drift.bins()) {
      column.addBins(
          DriftedBin.newBuilder()
              .setName(bin.name())
              .setReferenceShare(share(bin.reference(), reference))
              .setShare(share(bin.actual(), rows)));
    }
    return column;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
