package dev.alta.training.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Figures that are means over rows: accuracy, Brier score, logarithmic loss. */
final class RowMeans implements Figures {
  // A probability of 0 for what happened would make the mean infinite.
  private static final double LEAST_PROBABILITY = 1e-15;

  private static final List<String> NAMES = List.of("accuracy", "brier", "log_loss");

  private final int[] rows;
  // What each of the rows gives.
  private final double[] hit;
  private final double[] distance;
  private final double[] loss;

  /** Of some rows. */
  RowMeans(Scores scores, int[] rows) {
    this.rows = rows;
    this.hit = ofRows(row -> scores.predicted(row) == scores.actual(row) ? 1 : 0);
    this.distance = ofRows(row -> distance(scores, row));
    this.loss = ofRows(row -> loss(scores.probability(row, scores.actual(row))));
  }

  private double[] ofRows(IntToDoubleFunction ofRow) {
    return Arrays.stream(rows).mapToDouble(ofRow).toArray();
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public void at(int[] weightOfRow, double[] values, int from) {
    long total = 0;
    double hits = 0;
    double distances = 0;
    double losses = 0;
    for (int i = 0; i < rows.length; i++) {
      int weight = weightOfRow[rows[i]];
      total += weight;
      hits += weight * hit[i];
      distances += weight * distance[i];
      losses += weight * loss[i];
    }
    values[from] = hits / total;
    values[from + 1] = distances / total;
    values[from + 2] = losses / total;
  }

  private static double loss(double probability) {
    return -Math.log(Math.max(LEAST_PROBABILITY, probability));
  }

  private static double distance(Scores scores, int row) {
    double sum = 0;
    for (int c = 0; c < scores.classes(); c++) {
      double distance = scores.probability(row, c) - (scores.actual(row) == c ? 1 : 0);
      sum += distance * distance;
    }
    return sum;
  }
}
