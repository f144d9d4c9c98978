package dev.alta.training.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Average precision of each class and their mean: over the rows from the highest probability down,
 * the precision so far, weighted by the recall that is gained. Equal probabilities go together.
 */
final class PrecisionFigures implements Figures {
  private final List<ScoreOrder> ofClasses;
  private final List<String> names = new ArrayList<>();

  PrecisionFigures(Orders orders, List<String> classes) {
    this.ofClasses = orders.ofClasses();
    classes.forEach(name -> names.add("average_precision." + name));
    names.add("mean_average_precision");
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public void at(int[] weightOfRow, double[] values, int from) {
    double sum = 0;
    for (int c = 0; c < ofClasses.size(); c++) {
      values[from + c] = averagePrecision(ofClasses.get(c), weightOfRow);
      sum += values[from + c];
    }
    values[from + ofClasses.size()] = sum / ofClasses.size();
  }

  private static double averagePrecision(ScoreOrder order, int[] weightOfRow) {
    double sum = 0;
    long all = 0;
    long positives = 0;
    long equalPositives = 0;
    for (int i = 0; i < order.size(); i++) {
      int weight = weightOfRow[order.row(i)];
      all += weight;
      equalPositives += weight & order.positiveMask(i);
      if (order.isLastOfEquals(i) && equalPositives > 0) {
        positives += equalPositives;
        sum += equalPositives * ((double) positives / all);
        equalPositives = 0;
      }
    }
    return sum / positives;
  }
}
