package dev.alta.core.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.alta.proto.v1.CodeSystem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes in one row, value by value, and collects every violation. One for each row; not safe for
 * use by several threads.
 *
 * <p>A value that is null or an empty text counts as not given.
 */
public final class Intake {
  /** Longest text accepted in an open column, in characters. */
  public static final int LONGEST_TEXT = 64;

  private static final int LONGEST_NUMBER = 40;
  // Whoever sends this many reads no more of them.
  private static final int MOST_UNKNOWN = 100;
  private static final Pattern ICD9 =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,2})?|V[0-9]{2}(\\.[0-9]{1,2})?|E[0-9]{3}(\\.[0-9])?");

  private record Found(int order, Violation violation) {}

  private final Contract contract;
  private final Door door;
  private final Row row;
  private final boolean[] refused;
  private final List<Found> found = new ArrayList<>();

  public Intake(Contract contract, Door door) {
    this.contract = contract;
    this.door = door;
    this.row = new Row(contract);
    this.refused = new boolean[contract.size()];
  }

  /** Checks a message of the contract's type, fields that it does not know included. */
  public static Checked check(Contract contract, Door door, Message message) {
    Intake intake = new Intake(contract, door);
    for (Column column : contract.columns()) {
      FieldDescriptor field = column.field();
      if (message.hasField(field)) {
        Object value = message.getField(field);
        switch (column.type()) {
          case TEXT -> intake.text(column, (String) value);
          case WHOLE -> intake.whole(column, ((Number) value).longValue());
          case DECIMAL -> intake.decimal(column, ((Number) value).doubleValue());
        }
      }
    }
    message.getUnknownFields().asMap().keySet().stream()
        .limit(MOST_UNKNOWN)
        .forEach(
            number ->
                intake.refuse("field number " + number, "given", "a field of " + contract.name()));
    return intake.finish();
  }

  /**
   * What becomes of one value in text form, which does not depend on the rest of its row: the text
   * form in which it is stored, null where that is "not recorded". Empty where the value is
   * refused, or not recorded although it must be.
   */
  public static Optional<Stored> stored(Contract contract, Door door, Column column, String value) {
    Intake intake = new Intake(contract, door);
    intake.text(column, value);
    boolean missing = !intake.row.recorded(column) && column.requiredAt(door);
    return missing || !intake.found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Stored(intake.row.asText(column)));
  }

  /** A value that is accepted; {@code text} is null where it is not recorded. */
  public record Stored(@Nullable String text) {}

  /** Takes a value in text form, whatever the column's type: {@code 3}, {@code 3.0}, {@code NO}. */
  public void text(Column column, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return;
    }
    if (value.equals(column.missingMarker())) {
      row.put(column, value);
      return;
    }
    switch (column.type()) {
      case TEXT -> checkText(column, value);
      case WHOLE -> parseWhole(column, value);
      case DECIMAL -> parseDecimal(column, value);
    }
  }

  /** Takes a whole number; a text column refuses it. */
  public void whole(Column column, long value) {
    switch (column.type()) {
      case TEXT -> refuse(column, Long.toString(value));
      case WHOLE -> {
        if (!isTaken(column, value)) {
          refuseWhole(column, value, Long.toString(value));
        }
      }
      case DECIMAL -> decimal(column, (double) value);
    }
  }

  /** Takes a decimal number; a whole column accepts it if nothing stands behind the point. */
  public void decimal(Column column, double value) {
    boolean inRange = !column.hasRange() || (value >= column.min() && value <= column.max());
    switch (column.type()) {
      case TEXT -> refuse(column, Double.toString(value));
      case WHOLE -> {
        if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
          checkWhole(column, (long) value, Double.toString(value));
        } else {
          refuse(column, Double.toString(value));
        }
      }
      case DECIMAL -> {
        if (Double.isFinite(value) && inRange) {
          row.put(column, value);
        } else {
          refuse(column, Double.toString(value));
        }
      }
    }
  }

  /** Notes a value of a kind that the column never accepts, such as a list. */
  public void refuse(Column column, String value) {
    refuse(column, value, column.expectation());
  }

  /** Notes a value that the column does not accept, for a reason that it does not say itself. */
  public void refuse(Column column, String value, String expected) {
    refused[column.index()] = true;
    found.add(new Found(column.index(), new Violation(column.name(), value, expected)));
  }

  /** Notes a name that is no column. */
  public void unknown(String name, String value) {
    refuse(name, value, "a column of " + contract.name() + contract.nearest(name));
  }

  /** Notes a violation that concerns no column. */
  public void refuse(String field, String value, String expected) {
    found.add(new Found(Integer.MAX_VALUE, new Violation(field, value, expected)));
  }

  /** Looks for what is missing and gives the outcome. */
  public Checked finish() {
    for (Column column : contract.columns()) {
      if (column.requiredAt(door) && !row.recorded(column) && !refused[column.index()]) {
        refuse(column, "");
      }
    }
    if (found.isEmpty()) {
      return new Checked.Accepted(row);
    }
    found.sort(Comparator.comparingInt(Found::order));
    return new Checked.Rejected(found.stream().map(Found::violation).toList());
  }

  private void checkText(Column column, String value) {
    int position = column.position(value);
    if (position >= 0) {
      if (isCase(column, position)) {
        // The contract's own text, whose hash is known wherever it is looked up from here on.
        row.put(column, column.values().get(position).value());
      } else {
        refuseExcluded(column, position, value);
      }
    } else if (column.open() && isAcceptable(column, value)) {
      row.put(column, value);
    } else {
      refuse(column, value);
    }
  }

  private static boolean isAcceptable(Column column, String value) {
    return column.codeSystem() == CodeSystem.ICD9
        ? ICD9.matcher(value).matches()
        : acceptableText(value);
  }

  private static boolean acceptableText(String value) {
    return value.length() <= LONGEST_TEXT && value.codePoints().noneMatch(Intake::isNoCharacter);
  }

  /** Control characters, the mark of a failed decoding, and halves of a character. */
  private static boolean isNoCharacter(int c) {
    return Character.isISOControl(c)
        || c == '\uFFFD'
        || Character.getType(c) == Character.SURROGATE;
  }

  private void checkWhole(Column column, long value, String given) {
    if (!isTaken(column, value)) {
      refuseWhole(column, value, given);
    }
  }

  /** Takes a whole number that nothing is wrong with; says no to any other. */
  private boolean isTaken(Column column, long value) {
    int position = column.position(value);
    boolean accepted =
        isInBounds(column, value) && (position >= 0 ? isCase(column, position) : column.open());
    if (accepted) {
      row.put(column, value);
    }
    return accepted;
  }

  private boolean isInBounds(Column column, long value) {
    return (door == Door.SCORE || column.history() == null)
        && (!column.hasRange() || (value >= column.min() && value <= column.max()))
        && (!isIntField(column) || value == (int) value);
  }

  private void refuseWhole(Column column, long value, String given) {
    int position = column.position(value);
    if (door == Door.STORE && column.history() != null) {
      refuse(column, given, "nothing: it is made from the encounters that are stored");
    } else if (position >= 0 && isInBounds(column, value)) {
      refuseExcluded(column, position, given);
    } else {
      refuse(column, given);
    }
  }

  private static boolean isIntField(Column column) {
    return column.field().getJavaType() == FieldDescriptor.JavaType.INT;
  }

  /** False, where a row is to be scored, for a listed value that excludes the encounter. */
  private boolean isCase(Column column, int position) {
    return door == Door.STORE || column.values().get(position).excluded().isEmpty();
  }

  private void refuseExcluded(Column column, int position, String value) {
    Column.Value listed = column.values().get(position);
    refuse(
        column,
        value,
        "a value of an encounter that can be followed by a readmission; "
            + listed.label()
            + " is excluded: "
            + listed.excluded());
  }

  private void parseWhole(Column column, String value) {
    BigDecimal number = parse(value);
    // The first two bounds keep 1e999999999 from being written out digit by digit.
    if (number != null
        && number.precision() - (long) number.scale() <= 19
        && number.scale() <= LONGEST_NUMBER
        && number.stripTrailingZeros().scale() <= 0
        && number.toBigInteger().bitLength() < 64) {
      checkWhole(column, number.longValue(), value);
    } else {
      refuse(column, value);
    }
  }

  private void parseDecimal(Column column, String value) {
    BigDecimal number = parse(value);
    if (number == null) {
      refuse(column, value);
    } else {
      decimal(column, number.doubleValue());
    }
  }

  private static @Nullable BigDecimal parse(String value) {
    if (value.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
