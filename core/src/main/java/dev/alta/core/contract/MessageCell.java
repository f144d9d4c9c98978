package dev.alta.core.contract;

import com.google.protobuf.Message;
import dev.alta.proto.v1.CodeSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one column of a message that is to be scored. Says yes only where {@link Intake} would
 * accept the value, or that there is none; a no means that Intake is to be asked.
 */
sealed interface MessageCell {
  /** Puts what the message says into the row. */
  boolean read(Message message, Row row);

  static MessageCell of(Column column, GeneratedGetters getters) {
    return switch (column.type()) {
      case TEXT -> new Text(column, getters);
      case WHOLE -> new Whole(column, getters);
      case DECIMAL -> new Decimal(column, getters);
    };
  }

  /** Values that are listed and exclude no encounter. */
  private static List<String> ordinary(Column column) {
    return column.values().stream()
        .filter(value -> value.excluded().isEmpty())
        .map(Column.Value::value)
        .toList();
  }

  /** A text of the list, the marker, or one that an open column accepts whatever it says. */
  final class Text implements MessageCell {
    private final Column column;
    private final boolean optional;
    private final boolean codes;
    private final boolean free;
    private final GeneratedGetters.Text getter;
    private final KnownTexts known;

    private Text(Column column, GeneratedGetters getters) {
      this.column = column;
      this.optional = !column.requiredAt(Door.SCORE);
      this.codes = column.open() && column.codeSystem() == CodeSystem.ICD9;
      this.free = column.open() && column.codeSystem() != CodeSystem.ICD9;
      this.getter = getters.text(column.field());
      List<String> texts = new ArrayList<>(ordinary(column));
      String marker = column.missingMarker();
      if (marker != null && column.position(marker) < 0) {
        texts.add(marker);
      }
      this.known = new KnownTexts(texts);
    }

    @Override
    public boolean read(Message message, Row row) {
      // Empty where it was not given; that is the same.
      String text = getter.of(message);
      if (text.isEmpty()) {
        return optional;
      }
      String listed = known.find(text);
      if (listed != null) {
        row.put(column, listed);
        return true;
      }
      if ((codes && Icd9Code.is(text)) || (free && isPlain(text))) {
        // One that is listed, but not known here, excludes the encounter.
        row.put(column, text);
        return column.position(text) < 0;
      }
      return false;
    }

    private static boolean isPlain(String text) {
      boolean plain = text.length() <= Intake.LONGEST_TEXT;
      for (int i = 0; plain && i < text.length(); i++) {
        char c = text.charAt(i);
        plain = c >= ' ' && c <= '~';
      }
      return plain;
    }
  }

  /** A whole number within the range that is on the list or need not be. */
  final class Whole implements MessageCell {
    private final Column column;
    private final boolean optional;
    private final boolean open;
    private final double min;
    private final double max;
    private final GeneratedGetters.Has has;
    private final GeneratedGetters.Whole getter;
    // Of the listed numbers, by their position: whether each excludes no encounter.
    private final boolean[] ordinary;

    private Whole(Column column, GeneratedGetters getters) {
      this.column = column;
      this.optional = !column.requiredAt(Door.SCORE);
      this.open = column.values().isEmpty();
      this.min = column.hasRange() ? column.min() : Double.NEGATIVE_INFINITY;
      this.max = column.hasRange() ? column.max() : Double.POSITIVE_INFINITY;
      this.has = getters.has(column.field());
      this.getter = getters.whole(column.field());
      List<Column.Value> values = column.values();
      this.ordinary = new boolean[values.size()];
      for (int i = 0; i < ordinary.length; i++) {
        ordinary[i] = values.get(i).excluded().isEmpty();
      }
    }

    @Override
    public boolean read(Message message, Row row) {
      long value = getter.of(message);
      if (value == 0 && !has.of(message)) {
        return optional;
      }
      if (value < min || value > max) {
        return false;
      }
      row.put(column, value);
      int position = column.position(value);
      return open || (position >= 0 && ordinary[position]);
    }
  }

  /** A finite number within the range. */
  final class Decimal implements MessageCell {
    private final Column column;
    private final boolean optional;
    private final double min;
    private final double max;
    private final GeneratedGetters.Has has;
    private final GeneratedGetters.Decimal getter;

    private Decimal(Column column, GeneratedGetters getters) {
      this.column = column;
      this.optional = !column.requiredAt(Door.SCORE);
      this.min = column.hasRange() ? column.min() : -Double.MAX_VALUE;
      this.max = column.hasRange() ? column.max() : Double.MAX_VALUE;
      this.has = getters.has(column.field());
      this.getter = getters.decimal(column.field());
    }

    @Override
    public boolean read(Message message, Row row) {
      double value = getter.of(message);
      if (value == 0 && !has.of(message)) {
        return optional;
      }
      row.put(column, value);
      return value >= min && value <= max;
    }
  }
}
