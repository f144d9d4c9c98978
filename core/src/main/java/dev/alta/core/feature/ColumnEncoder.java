package dev.alta.core.feature;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the features that are made from one column into a vector of zeros. */
final class ColumnEncoder {
  private static final int NONE = -1;
  // As a row writes them.
  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private final Column column;
  private final int quantity;
  private final int position;
  private final int other;
  private final int missing;
  private final int codePosition;
  private final Map<String, Integer> values;
  // The same of a column of whole numbers.
  private final Map<Long, Integer> wholes = new HashMap<>();
  private final @Nullable CodeGroups groups;
  private final int[] featureOfGroup;

  private ColumnEncoder(Builder builder) {
    this.column = builder.column;
    this.quantity = builder.quantity;
    this.position = builder.position;
    this.other = builder.other;
    this.missing = builder.missing;
    this.codePosition = builder.codePosition;
    this.values = Map.copyOf(builder.values);
    values.forEach(
        (value, feature) -> {
          if (WHOLE.matcher(value).matches()) {
            wholes.put(Long.valueOf(value), feature);
          }
        });
    this.groups = builder.groups;
    this.featureOfGroup = builder.featureOfGroup;
  }

  void encode(Row row, float[] vectors, int start) {
    if (quantity != NONE) {
      vectors[start + quantity] = (float) row.number(column);
    }
    if (position != NONE) {
      int found = row.position(column);
      vectors[start + position] = found < 0 ? Float.NaN : found;
    }
    if (values.isEmpty() && groups == null && other == NONE && missing == NONE) {
      return;
    }
    if (!row.recorded(column)) {
      set(vectors, start, missing);
      if (codePosition != NONE) {
        vectors[start + codePosition] = Float.NaN;
      }
    } else if (column.type() == Column.Type.WHOLE && groups == null) {
      // Spares writing the number out as a text.
      set(vectors, start, wholes.getOrDefault(row.whole(column), other));
    } else {
      encodeText(Objects.requireNonNull(row.asText(column)), vectors, start);
    }
  }

  private void encodeText(String text, float[] vectors, int start) {
    if (groups != null) {
      encodeCode(text, groups, vectors, start);
    }
    set(vectors, start, values.getOrDefault(text, other));
  }

  private void encodeCode(String code, CodeGroups system, float[] vectors, int start) {
    set(vectors, start, featureOfGroup[system.groupOf(code)]);
    if (codePosition != NONE) {
      vectors[start + codePosition] = system.positionOf(code);
    }
  }

  private static void set(float[] vectors, int start, int feature) {
    if (feature != NONE) {
      vectors[start + feature] = 1f;
    }
  }

  /** Collects the features of a column. */
  static final class Builder {
    private final Column column;
    private int quantity = NONE;
    private int position = NONE;
    private int other = NONE;
    private int missing = NONE;
    private int codePosition = NONE;
    private final Map<String, Integer> values = new HashMap<>();
    private @Nullable CodeGroups groups;
    private int[] featureOfGroup = {};
    private boolean empty = true;

    Builder(Column column) {
      this.column = column;
    }

    boolean isEmpty() {
      return empty;
    }

    void add(int index, Feature feature) {
      if (feature.getKind() == FeatureKind.IS_CODE_CATEGORY) {
        // It may look at several columns.
        return;
      }
      empty = false;
      switch (feature.getKind()) {
        case QUANTITY -> quantity = index;
        case POSITION -> position = index;
        case IS_VALUE -> values.put(feature.getValue(), index);
        case IS_OTHER -> other = index;
        case IS_MISSING -> missing = index;
        case IS_GROUP -> addGroup(index, feature);
        case CODE_POSITION -> {
          readCodes(feature);
          codePosition = index;
        }
        default ->
            throw new IllegalArgumentException(
                "feature " + feature.getName() + ": kind " + feature.getKind() + " is not known");
      }
      if (feature.getKind() == FeatureKind.QUANTITY && column.type() == Column.Type.TEXT) {
        throw new IllegalArgumentException(
            "feature " + feature.getName() + ": QUANTITY of a text column");
      }
    }

    private CodeGroups readCodes(Feature feature) {
      if (column.codeSystem() == CodeSystem.CODE_SYSTEM_UNSPECIFIED) {
        throw new IllegalArgumentException(
            "feature "
                + feature.getName()
                + ": "
                + feature.getKind()
                + " of column "
                + column
                + " (expected: a column of codes)");
      }
      CodeGroups system = groups == null ? CodeGroups.of(column.codeSystem()) : groups;
      if (groups == null) {
        groups = system;
        featureOfGroup = new int[system.names().size()];
        Arrays.fill(featureOfGroup, NONE);
      }
      return system;
    }

    private void addGroup(int index, Feature feature) {
      CodeGroups system = readCodes(feature);
      int group = system.names().indexOf(feature.getValue());
      if (group < 0) {
        throw new IllegalArgumentException(
            "feature "
                + feature.getName()
                + ": group "
                + feature.getValue()
                + " (expected: one of "
                + system.names()
                + ")");
      }
      featureOfGroup[group] = index;
    }

    ColumnEncoder build() {
      return new ColumnEncoder(this);
    }
  }
}
