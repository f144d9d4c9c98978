package dev.alta.core.feature;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the features that ask whether a category occurs among the codes of several columns. */
final class CategoryEncoder {
  private static final int NONE = -1;
  // Each costs the memory of all categories.
  private static final int MOST_SETS = 16;

  private final List<Column> columns;
  private final Contract contract;
  private final CodeGroups system;
  // For each category, its feature or NONE.
  private final int[] features;

  private CategoryEncoder(Contract contract, List<Column> columns) {
    this.contract = contract;
    this.columns = columns;
    this.system = CodeGroups.of(columns.get(0).codeSystem());
    this.features = new int[system.categories()];
    Arrays.fill(features, NONE);
  }

  /** One for each set of columns that the features look at. */
  static List<CategoryEncoder> of(Contract contract, List<Feature> features) {
    Map<List<Column>, CategoryEncoder> encoders = new HashMap<>();
    List<CategoryEncoder> inOrder = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      Feature feature = features.get(i);
      if (feature.getKind() == FeatureKind.IS_CODE_CATEGORY) {
        CategoryEncoder encoder =
            encoders.computeIfAbsent(
                columns(feature).map(contract::column).toList(),
                columns -> {
                  requireCodes(feature, columns, inOrder.size());
                  CategoryEncoder added = new CategoryEncoder(contract, columns);
                  inOrder.add(added);
                  return added;
                });
        encoder.add(feature, i);
      }
    }
    return inOrder;
  }

  private static void requireCodes(Feature feature, List<Column> columns, int sets) {
    for (Column column : columns) {
      if (column.codeSystem() != columns.get(0).codeSystem()
          || column.codeSystem() == CodeSystem.CODE_SYSTEM_UNSPECIFIED) {
        throw new IllegalArgumentException(
            "feature "
                + feature.getName()
                + ": column "
                + column
                + " (expected: columns of codes, all of one system)");
      }
    }
    if (sets == MOST_SETS || columns.size() > columns.stream().distinct().count()) {
      throw new IllegalArgumentException(
          "feature "
              + feature.getName()
              + ": columns "
              + columns.stream().limit(MOST_SETS).toList()
              + " (expected: each once, and at most "
              + MOST_SETS
              + " different sets of them)");
    }
  }

  private void add(Feature feature, int index) {
    String category = feature.getValue();
    boolean accepted =
        !category.isEmpty()
            && Intake.stored(contract, Door.SCORE, columns.get(0), category).isPresent();
    if (!accepted || !system.categoryOf(category).equals(category)) {
      throw new IllegalArgumentException(
          "feature "
              + feature.getName()
              + ": value "
              + category
              + " (expected: a category of the codes in "
              + columns.get(0)
              + ")");
    }
    features[system.categoryNumber(category)] = index;
  }

  /** Names of all columns that a feature is made from. */
  static Stream<String> columns(Feature feature) {
    return Stream.concat(Stream.of(feature.getColumn()), feature.getMoreColumnsList().stream());
  }

  void encode(Row row, float[] vectors, int start) {
    for (Column column : columns) {
      String code = row.asText(column);
      if (code != null) {
        int feature = features[system.categoryNumber(code)];
        if (feature != NONE) {
          vectors[start + feature] = 1f;
        }
      }
    }
  }
}
