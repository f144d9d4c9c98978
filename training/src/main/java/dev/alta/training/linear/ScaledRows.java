package dev.alta.training.linear;

import dev.alta.proto.v1.Linear;
import dev.alta.training.dataset.Vectors;
import java.util.Arrays;
import java.util.Locale;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/**
 * Rows as a linear model needs them: each feature less its mean and divided by its deviation, both
 * over the rows where it is there. A missing one is 0, its mean; a feature that is always the same
 * where it is there, such as the answer yes, is 1.
 */
final class ScaledRows {
  // A feature more, 0 where it is there: of each row only one of the two. Tribuo keeps a row that
  // has
  // all features in another form, and then fails where its neighbours have not.
  private static final String[] PARITY = {"even", "odd"};

  private final String[] names;
  private final double[] means;
  private final double[] deviations;
  // Over all rows, with 0 where missing.
  private final double[] averages;

  private ScaledRows(double[] means, double[] deviations, double[] averages) {
    this.names = new String[means.length];
    Arrays.setAll(names, feature -> String.format(Locale.ROOT, "%07d", feature));
    this.means = means;
    this.deviations = deviations;
    this.averages = averages;
  }

  static ScaledRows of(Vectors rows) {
    double[] sums = new double[rows.features()];
    double[] squares = new double[rows.features()];
    for (int row = 0; row < rows.rows(); row++) {
      rows.each(
          row,
          (feature, value) -> {
            sums[feature] += value;
            squares[feature] += (double) value * value;
          });
    }
    int[] present = rows.present();
    double[] means = new double[sums.length];
    double[] deviations = new double[sums.length];
    double[] averages = new double[sums.length];
    for (int feature = 0; feature < sums.length; feature++) {
      means[feature] = sums[feature] / Math.max(1, present[feature]);
      deviations[feature] =
          Math.sqrt(
              Math.max(
                  0,
                  squares[feature] / Math.max(1, present[feature])
                      - means[feature] * means[feature]));
      // Where it is scaled, its mean is 0, and so is what stands in for a missing one.
      averages[feature] =
          deviations[feature] == 0 ? (double) present[feature] / Math.max(1, rows.rows()) : 0;
    }
    return new ScaledRows(means, deviations, averages);
  }

  /** What Tribuo knows a feature by. */
  String name(int feature) {
    return names[feature];
  }

  /** Writes down how features are scaled. */
  void addTo(Linear.Builder linear) {
    for (int feature = 0; feature < means.length; feature++) {
      linear.addMean(means[feature]);
      linear.addDeviation(deviations[feature]);
      linear.addAverage(averages[feature]);
    }
  }

  Example<Label> example(Vectors rows, int row) {
    String[] given = new String[rows.entries(row) + 1];
    double[] values = new double[given.length];
    int[] place = {0};
    rows.each(
        row,
        (feature, value) -> {
          given[place[0]] = names[feature];
          values[place[0]++] = scaled(feature, value);
        });
    given[place[0]] = PARITY[row % 2];
    return new ArrayExample<>(new Label(Integer.toString(rows.actualClass(row))), given, values);
  }

  private double scaled(int feature, float value) {
    return deviations[feature] == 0 ? 1 : (value - means[feature]) / deviations[feature];
  }
}
