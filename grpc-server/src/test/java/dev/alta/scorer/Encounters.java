package dev.alta.scorer;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.RowMessage;
import dev.alta.proto.v1.Encounter;
import java.util.LinkedHashMap;
import java.util.Map;

/** An encounter with the first value of each required column. */
final class Encounters {
  static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private Encounters() {}

  static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Column column : CONTRACT.columns()) {
      if (column.requiredAt(Door.SCORE)) {
        texts.put(
            column.name(),
            column.hasRange()
                ? Long.toString((long) column.min())
                : column.values().get(0).value());
      }
    }
    return texts;
  }

  static Encounter withInpatientStays(int stays) {
    Intake intake = new Intake(CONTRACT, Door.SCORE);
    texts().forEach((name, text) -> intake.text(CONTRACT.column(name), text));
    Checked.Accepted accepted = (Checked.Accepted) intake.finish();
    return RowMessage.write(accepted.row(), Encounter.newBuilder())
        .setNumberInpatient(stays)
        .build();
  }
}
