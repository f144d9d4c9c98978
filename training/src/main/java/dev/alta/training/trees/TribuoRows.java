package dev.alta.training.trees;

import dev.alta.training.dataset.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/**
 * Rows as Tribuo takes them. Tribuo sorts features by name, so they are named by their index, with
 * leading zeros. What is not given is XGBoost's missing.
 */
final class TribuoRows {
  private final Vectors rows;
  private final String[] names;

  TribuoRows(Vectors rows) {
    this.rows = rows;
    this.names = new String[rows.features()];
    Arrays.setAll(names, TribuoRows::name);
  }

  /** Row by row, so that they need not all be there at once. */
  Example<Label> example(int row) {
    List<String> given = new ArrayList<>();
    double[] values = new double[rows.entries(row)];
    rows.each(
        row,
        (feature, value) -> {
          values[given.size()] = value;
          given.add(names[feature]);
        });
    return new ArrayExample<>(label(rows.actualClass(row)), given.toArray(String[]::new), values);
  }

  static Label label(int ofClass) {
    return new Label(Integer.toString(ofClass));
  }

  /** For each of a model's own feature numbers, the index of the feature in our vectors. */
  static int[] featuresOf(Model<Label> model) {
    ImmutableFeatureMap map = model.getFeatureIDMap();
    int[] features = new int[map.size()];
    Arrays.setAll(features, id -> Integer.parseInt(map.get(id).getName()));
    return features;
  }

  private static String name(int feature) {
    return String.format(Locale.ROOT, "%07d", feature);
  }
}
