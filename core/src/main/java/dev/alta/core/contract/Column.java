package dev.alta.core.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One column of a {@link Contract}: what its field's annotations say, ready to be asked.
 *
 * <p>Immutable; made by {@link Contract#of}.
 */
public final class Column {
  /** How a column's values are held in a {@link Row}. */
  public enum Type {
    TEXT,
    WHOLE,
    DECIMAL
  }

  /** One of the values a column may have; {@code excluded} is empty where it is an ordinary one. */
  public record Value(String value, String text, String excluded) {
    /** What people read: the text, or the value where it speaks for itself. */
    public String label() {
      return text.isEmpty() ? value : text;
    }
  }

  private final int index;
  private final FieldDescriptor field;
  private final dev.alta.proto.v1.Column said;
  private final Type type;
  private final List<Value> values;
  private final Map<String, Integer> positions;
  private final WholePositions positionsOfWhole;
  private final @Nullable History history;

  Column(
      int index,
      FieldDescriptor field,
      dev.alta.proto.v1.Column said,
      List<Value> values,
      @Nullable History history) {
    this.index = index;
    this.field = field;
    this.said = said;
    this.type = typeOf(field);
    this.values = List.copyOf(values);
    this.history = history;
    this.positions = new HashMap<>();
    for (Value value : values) {
      if (positions.put(value.value(), positions.size()) != null) {
        throw new IllegalArgumentException(
            field.getFullName() + ": value listed twice: " + value.value());
      }
    }
    this.positionsOfWhole = new WholePositions(type == Type.WHOLE ? positions : Map.of());
  }

  private static Type typeOf(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> Type.TEXT;
      case INT, LONG -> Type.WHOLE;
      case FLOAT, DOUBLE -> Type.DECIMAL;
      default ->
          throw new IllegalArgumentException(
              field.getFullName()
                  + ": type "
                  + field.getType()
                  + " (expected: string, int32, int64, float or double)");
    };
  }

  /** Position in {@link Contract#columns()} and in every {@link Row}. */
  public int index() {
    return index;
  }

  /** The field's name: {@code time_in_hospital}. Also the name in tables, JSON and messages. */
  public String name() {
    return field.getName();
  }

  /** The name in files and other sources; the same as {@link #name()} unless annotated. */
  public String sourceName() {
    return said.getSourceName().isEmpty() ? name() : said.getSourceName();
  }

  public FieldDescriptor field() {
    return field;
  }

  public Role role() {
    return said.getRole();
  }

  public Type type() {
    return type;
  }

  public String label() {
    return said.getLabel().isEmpty() ? name() : said.getLabel();
  }

  public String section() {
    return said.getSection();
  }

  public String unit() {
    return said.getUnit();
  }

  public CodeSystem codeSystem() {
    return said.getCodeSystem();
  }

  /** The values listed in the contract, in their order; empty for numbers. */
  public List<Value> values() {
    return values;
  }

  /** Published share of each of {@link #values()}; empty where none is known. */
  public List<Float> shares() {
    return said.getSharesList();
  }

  /** True where values other than those listed are accepted. */
  public boolean open() {
    return said.getOpen() || values.isEmpty();
  }

  /** True where a model's figures are also given for each of {@link #values()} by itself. */
  public boolean subgroup() {
    return said.getSubgroup();
  }

  /** True where the order of the values carries meaning. */
  public boolean ordered() {
    return said.getOrdered();
  }

  public boolean hasRange() {
    return said.hasRange();
  }

  public double min() {
    return said.getRange().getMin();
  }

  public double max() {
    return said.getRange().getMax();
  }

  public double mean() {
    return said.getRange().getMean();
  }

  /** The text by which sources say "not recorded", or null where the column has no such text. */
  public @Nullable String missingMarker() {
    return said.getMissingMarker().isEmpty() ? null : said.getMissingMarker();
  }

  /** What a left out value is taken to be, or null where there is no such value. */
  public @Nullable String defaultValue() {
    return said.hasDefaultValue() ? said.getDefaultValue() : null;
  }

  /** How it is made from the patient's earlier encounters; null where encounters bring it. */
  public @Nullable History history() {
    return history;
  }

  /** True for the columns that stand for a case rather than describe it: key, patient, target. */
  public boolean identifies() {
    return role() == Role.KEY || role() == Role.PATIENT || role() == Role.TARGET;
  }

  /** Whether a row must give this column at the door. */
  public boolean requiredAt(Door door) {
    if (identifies()) {
      return door == Door.STORE;
    }
    return !mayBeLeftOut();
  }

  /**
   * Whether the column may still be "not recorded" in a cleaned row that came in through {@link
   * Door#STORE}.
   */
  public boolean mayBeMissing() {
    return mayBeLeftOut() && defaultValue() == null;
  }

  private boolean mayBeLeftOut() {
    return missingMarker() != null || defaultValue() != null || history != null;
  }

  /** Position of a value among {@link #values()}, or -1. */
  public int position(String value) {
    return positions.getOrDefault(value, -1);
  }

  /** Position of a whole number among {@link #values()}, or -1; spares writing it out as a text. */
  public int position(long value) {
    return positionsOfWhole.find(value);
  }

  /** What is accepted, in words that complete "expected …". */
  public String expectation() {
    return Expectation.of(this);
  }

  @Override
  public String toString() {
    return name();
  }
}
