package dev.alta.training.report;

import dev.alta.model.explain.Contributions;
import dev.alta.proto.v1.ColumnShap;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.ShapSummary;
import dev.alta.training.dataset.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Computes how much each column contributes to the answers for some of the test rows. */
final class ShapOfRows {
  private static final int MOST_ROWS = 1_000;
  // Drawn one by one, and only of the columns that matter most.
  private static final int POINTS = 400;
  private static final int COLUMNS_WITH_POINTS = 20;
  private static final float NO_PLACE = -1;

  private final ModelColumns columns;
  private final SampledRows rows;
  // Class, row, column.
  private final double[][][] contributions;

  private ShapOfRows(Model model, ModelColumns columns, Vectors vectors, long seed) {
    this.columns = columns;
    this.rows = new SampledRows(vectors, MOST_ROWS, new SplittableRandom(seed));
    int classes = model.getClassesCount();
    this.contributions = new double[classes][rows.count()][columns.count()];
    for (int c = 0; c < classes; c++) {
      Contributions shap = Contributions.of(model, c, columns.columnOfFeatures());
      Contributions.Scratch scratch = shap.scratch();
      for (int row = 0; row < rows.count(); row++) {
        shap.contributions(rows.vector(row), scratch, contributions[c][row]);
      }
    }
  }

  static ShapSummary of(Model model, ModelColumns columns, Vectors vectors, long seed) {
    return new ShapOfRows(model, columns, vectors, seed).summary(seed);
  }

  private ShapSummary summary(long seed) {
    int mostUrgent = contributions.length - 1;
    List<Integer> order = new ArrayList<>();
    for (int column = 0; column < columns.count(); column++) {
      order.add(column);
    }
    order.sort(Comparator.comparingDouble(column -> -meanSize(mostUrgent, column)));
    ShapSummary.Builder summary = ShapSummary.newBuilder().setRows(rows.count()).setSeed(seed);
    for (int column : order) {
      ColumnShap.Builder shap = ColumnShap.newBuilder().setColumn(columns.name(column));
      for (int c = 0; c < contributions.length; c++) {
        shap.addMeanSize(rounded(meanSize(c, column)));
      }
      if (summary.getColumnsCount() < COLUMNS_WITH_POINTS) {
        addPoints(shap, column, contributions[mostUrgent]);
      }
      summary.addColumns(shap);
    }
    return summary.build();
  }

  private void addPoints(ColumnShap.Builder shap, int column, double[][] ofRows) {
    float[] places = places(columns.orderedFeature(column));
    for (int row = 0; row < Math.min(POINTS, rows.count()); row++) {
      shap.addContributions((float) rounded(ofRows[row][column])).addPlaces(places[row]);
    }
  }

  private double meanSize(int ofClass, int column) {
    return Arrays.stream(contributions[ofClass])
        .mapToDouble(row -> Math.abs(row[column]))
        .average()
        .orElse(0);
  }

  /** For each row the share of rows with smaller values, of those with other values. */
  private float[] places(int feature) {
    float[] places = new float[rows.count()];
    Arrays.fill(places, NO_PLACE);
    if (feature < 0) {
      return places;
    }
    float[] recorded = new float[rows.count()];
    int count = 0;
    for (int row = 0; row < rows.count(); row++) {
      float value = rows.vector(row)[feature];
      if (!Float.isNaN(value)) {
        recorded[count++] = value;
      }
    }
    float[] sorted = Arrays.copyOf(recorded, count);
    Arrays.sort(sorted);
    float[] distinct = distinct(sorted);
    for (int row = 0; row < rows.count(); row++) {
      float value = rows.vector(row)[feature];
      if (!Float.isNaN(value)) {
        places[row] = place(sorted, distinct, value);
      }
    }
    return places;
  }

  /** Between the smallest and the largest value by how many rows lie below; 0.5 if all are one. */
  private static float place(float[] sorted, float[] distinct, float value) {
    if (distinct.length == 1) {
      return 0.5f;
    }
    long below = countBelow(sorted, value);
    long belowLargest = countBelow(sorted, distinct[distinct.length - 1]);
    return (float) rounded((double) below / belowLargest);
  }

  private static long countBelow(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static float[] distinct(float[] sorted) {
    float[] distinct = new float[sorted.length];
    int count = 0;
    for (float value : sorted) {
      if (count == 0 || distinct[count - 1] != value) {
        distinct[count++] = value;
      }
    }
    return Arrays.copyOf(distinct, count);
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e5) / 1e5;
  }
}
