package dev.alta.training.report;

import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns that a model reads, and the features that are made from each. */
final class ModelColumns {
  private static final int NONE = -1;

  private final List<String> names = new ArrayList<>();
  private final List<int[]> features = new ArrayList<>();
  private final int[] columnOf;
  private final int[] ordered;

  ModelColumns(Encoder encoder) {
    Map<String, List<Integer>> ofColumns = new LinkedHashMap<>();
    this.columnOf = new int[encoder.getFeaturesCount()];
    for (int i = 0; i < columnOf.length; i++) {
      ofColumns
          .computeIfAbsent(encoder.getFeatures(i).getColumn(), column -> new ArrayList<>())
          .add(i);
    }
    ofColumns.forEach(
        (column, ofColumn) -> {
          ofColumn.forEach(feature -> columnOf[feature] = names.size());
          names.add(column);
          features.add(ofColumn.stream().mapToInt(feature -> feature).toArray());
        });
    this.ordered = new int[names.size()];
    for (int column = 0; column < ordered.length; column++) {
      ordered[column] = ordered(encoder, features.get(column));
    }
  }

  int count() {
    return names.size();
  }

  /** Name of a column. */
  String name(int column) {
    return names.get(column);
  }

  int[] features(int column) {
    return features.get(column);
  }

  /** For each feature its column. */
  int[] columnOfFeatures() {
    return columnOf.clone();
  }

  /** The feature that carries the order of a column's values; -1 where none does. */
  int orderedFeature(int column) {
    return ordered[column];
  }

  private static int ordered(Encoder encoder, int[] ofColumn) {
    for (int feature : ofColumn) {
      Feature found = encoder.getFeatures(feature);
      if (found.getKind() == FeatureKind.QUANTITY || found.getKind() == FeatureKind.POSITION) {
        return feature;
      }
    }
    return NONE;
  }
}
