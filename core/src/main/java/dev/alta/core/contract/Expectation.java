package dev.alta.core.contract;

import java.util.ArrayList;
import java.util.List;

/** What a column accepts, in words. */
final class Expectation {
  private static final int MOST_LISTED = 12;

  private Expectation() {}

  static String of(Column column) {
    String words = kind(column);
    String marker = column.missingMarker();
    if (marker != null) {
      words += ", or " + marker + " or nothing where it is not recorded";
    }
    if (column.history() != null) {
      words += ", or nothing where no earlier encounter is known";
    }
    return words;
  }

  private static String kind(Column column) {
    if (!column.open()) {
      return "one of " + listed(column.values().stream().map(Column.Value::value).toList());
    }
    return switch (column.type()) {
      case TEXT ->
          switch (column.codeSystem()) {
            case ICD9 -> "an ICD-9 code such as 250.83, 428, V57 or E849";
            default -> "a text of 1 to " + Intake.LONGEST_TEXT + " characters";
          };
      case WHOLE -> "a whole number" + between(column);
      case DECIMAL -> "a number" + between(column);
    };
  }

  private static String between(Column column) {
    return column.hasRange() ? " from " + number(column.min()) + " to " + number(column.max()) : "";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e16
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String listed(List<String> values) {
    if (values.size() <= MOST_LISTED) {
      return String.join(", ", values);
    }
    List<String> shown = new ArrayList<>(values.subList(0, MOST_LISTED - 1));
    shown.add("… (" + values.size() + " values)");
    return String.join(", ", shown);
  }
}
