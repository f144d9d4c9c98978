package dev.alta.training.report;

import dev.alta.core.contract.Column;
import dev.alta.core.feature.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns that a model reads, and the features that are made from each. Columns that share
 * features, such as the diagnoses, count as one.
 */
final class ModelColumns {
  private static final int NONE = -1;

  private final List<String> names = new ArrayList<>();
  private final List<int[]> features = new ArrayList<>();
  private final int[] columnOf;
  private final int[] ordered;

  ModelColumns(Encoder encoder) {
    Map<Integer, List<Integer>> ofInputs = new LinkedHashMap<>();
    for (int i = 0; i < encoder.size(); i++) {
      ofInputs.computeIfAbsent(encoder.inputOf(i), input -> new ArrayList<>()).add(i);
    }
    this.columnOf = new int[encoder.size()];
    ofInputs.forEach(
        (input, ofInput) -> {
          ofInput.forEach(feature -> columnOf[feature] = names.size());
          names.add(
              encoder.inputs().get(input).stream()
                  .map(Column::name)
                  .collect(Collectors.joining(", ")));
          features.add(ofInput.stream().mapToInt(feature -> feature).toArray());
        });
    this.ordered = new int[names.size()];
    for (int column = 0; column < ordered.length; column++) {
      ordered[column] = ordered(encoder.state(), features.get(column));
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

  private static int ordered(dev.alta.proto.v1.Encoder encoder, int[] ofColumn) {
    for (int feature : ofColumn) {
      Feature found = encoder.getFeatures(feature);
      if (found.getKind() == FeatureKind.QUANTITY || found.getKind() == FeatureKind.POSITION) {
        return feature;
      }
    }
    return NONE;
  }
}
