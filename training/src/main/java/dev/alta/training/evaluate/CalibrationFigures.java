package dev.alta.training.evaluate;

import java.util.List;

/**
 * Expected calibration error: for each class the rows in ten groups of equal size by its
 * probability, the distance between mean probability and actual share, weighted by rows; the mean
 * over the classes.
 */
final class CalibrationFigures implements Figures {
  static final String NAME = "calibration_error";
  static final int GROUPS = 10;

  private final Orders orders;

  CalibrationFigures(Orders orders) {
    this.orders = orders;
  }

  @Override
  public List<String> names() {
    return List.of(NAME);
  }

  @Override
  public void at(int[] weightOfRow, double[] values, int from) {
    double sum = 0;
    for (ScoreOrder order : orders.ofClasses()) {
      sum += error(order, weightOfRow);
    }
    values[from] = sum / orders.ofClasses().size();
  }

  private static double error(ScoreOrder order, int[] weightOfRow) {
    long total = order.total(weightOfRow);
    double distances = 0;
    double excess = 0;
    long done = 0;
    long end = endOfGroup(0, total);
    for (int i = 0; i < order.size(); i++) {
      int weight = weightOfRow[order.row(i)];
      double each = order.score(i) + order.positiveMask(i);
      if (weight < end - done) {
        excess += weight * each;
        done += weight;
        continue;
      }
      while (weight > 0) {
        // A row with a weight is several rows, which may fall into two groups.
        long here = Math.min(weight, end - done);
        excess += here * each;
        done += here;
        weight -= (int) here;
        if (done == end) {
          distances += Math.abs(excess);
          excess = 0;
          end = endOfGroup(done, total);
        }
      }
    }
    return distances / total;
  }

  /** Where the group ends that the row at a place falls into. */
  private static long endOfGroup(long place, long total) {
    for (int group = 1; group < GROUPS; group++) {
      if (total * group / GROUPS > place) {
        return total * group / GROUPS;
      }
    }
    return total;
  }
}
