package dev.alta.core.feature;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the features that ask whether a category occurs among the codes of several columns. */
final class CategoryEncoder {
  private final List<Column> columns;
  private final CodeGroups system;
  private final Map<String, Integer> features = new HashMap<>();

  private CategoryEncoder(List<Column> columns) {
    this.columns = columns;
    this.system = CodeGroups.of(columns.get(0).codeSystem());
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
                  CategoryEncoder added = new CategoryEncoder(columns);
                  inOrder.add(added);
                  return added;
                });
        encoder.features.put(feature.getValue(), i);
      }
    }
    return inOrder;
  }

  /** Names of all columns that a feature is made from. */
  static Stream<String> columns(Feature feature) {
    return Stream.concat(Stream.of(feature.getColumn()), feature.getMoreColumnsList().stream());
  }

  void encode(Row row, float[] vectors, int start) {
    for (Column column : columns) {
      String code = row.asText(column);
      if (code != null) {
        Integer feature = features.get(system.categoryOf(code));
        if (feature != null) {
          vectors[start + feature] = 1f;
        }
      }
    }
  }
}
