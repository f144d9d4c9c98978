package dev.alta.gateway.json;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import java.util.List;

/**
 * An encounter to try things with: of every column that must be given the most frequent value or
 * the rounded mean.
 */
public final class TypicalEncounter {
  private TypicalEncounter() {}

  public static String of(Contract contract) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          for (Column column : contract.columns()) {
            if (isDescribed(column) && (column.requiredAt(Door.SCORE) || !hasDefault(column))) {
              String value = typical(column);
              if (!value.isEmpty()) {
                json.writeFieldName(column.name());
                ContractSchema.value(json, column, value);
              }
            }
          }
          json.writeEndObject();
        });
  }

  /** A first encounter is typical: most are. */
  private static boolean isDescribed(Column column) {
    return !column.identifies() && column.history() == null;
  }

  private static boolean hasDefault(Column column) {
    return column.defaultValue() != null;
  }

  /** Empty where the contract knows neither values nor mean and the column may be left out. */
  private static String typical(Column column) {
    if (column.hasRange()) {
      return Long.toString(Math.round(column.mean()));
    }
    if (column.values().isEmpty()) {
      return "";
    }
    List<Float> shares = column.shares();
    double most = shares.stream().mapToDouble(Float::doubleValue).max().orElse(0);
    boolean missingIsTypical =
        column.missingMarker() != null
            && 1 - shares.stream().mapToDouble(Float::doubleValue).sum() > most;
    if (missingIsTypical) {
      return "";
    }
    return column.values().get(Math.max(0, shares.indexOf((float) most))).value();
  }
}
