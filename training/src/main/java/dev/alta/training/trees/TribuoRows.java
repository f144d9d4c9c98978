package dev.alta.training.trees;

import dev.alta.training.dataset.Vectors;
import java.util.Arrays;
import java.util.Locale;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/**
 * Rows as Tribuo takes them. Tribuo sorts features by name, so they are named by their index, with
 * leading zeros. Every feature that is not missing is given, zeros too: what is not given is
 * XGBoost's missing.
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
    String[] given = new String[names.length];
    double[] values = new double[names.length];
    int count = 0;
    for (int feature = 0; feature < names.length; feature++) {
      float value = rows.value(row, feature);
      if (!Float.isNaN(value)) {
        given[count] = names[feature];
        values[count++] = value;
      }
    }
    return new ArrayExample<>(
        label(rows.actualClass(row)), Arrays.copyOf(given, count), Arrays.copyOf(values, count));
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
