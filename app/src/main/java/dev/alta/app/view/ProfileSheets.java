package dev.alta.app.view;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.profile.ProfileView;
import dev.alta.database.Generation;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.ColumnSheet;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.ProfileSheet;

/** A profile with what the contract says of its columns. */
final class ProfileSheets {
  private ProfileSheets() {}

  static ProfileSheet of(Contract contract, Generation generation, DataProfile profile) {
    ProfileView view = new ProfileView(contract, profile);
    ProfileSheet.Builder sheet =
        ProfileSheet.newBuilder()
            .setGeneration(Math.toIntExact(generation.number()))
            .setPublishedAt(generation.createdAt().toString())
            .setRows(profile.getRows());
    for (Column column : contract.columns()) {
      if (view.has(column.name())) {
        sheet.addColumns(column(column, view));
      }
    }
    return sheet.build();
  }

  private static ColumnSheet column(Column column, ProfileView view) {
    ColumnProfile profile = view.of(column.name());
    ColumnSheet.Builder sheet =
        ColumnSheet.newBuilder()
            .setName(column.name())
            .setLabel(column.label())
            .setKind(column.role())
            .setSection(column.section())
            .setUnit(column.unit())
            .setHistory(column.history() != null)
            .setMissing(profile.getMissing())
            .setMissingShare(view.missingShare(column.name()))
            .addAllValues(profile.getValuesList())
            .setOthers(profile.getOthers());
    if (profile.hasNumber()) {
      sheet.setNumber(profile.getNumber());
    }
    return sheet.build();
  }
}
