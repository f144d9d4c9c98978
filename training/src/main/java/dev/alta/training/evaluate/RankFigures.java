package dev.alta.training.evaluate;

import java.util.ArrayList;
import java.util.List;

/** AUROC of each class, their mean, and of any readmission. */
final class RankFigures implements Figures {
  private final List<WeightedAuroc> ofClasses;
  private final List<String> names = new ArrayList<>();

  RankFigures(Orders orders, List<String> classes) {
    this.ofClasses = orders.ofClasses().stream().map(WeightedAuroc::of).toList();
    classes.forEach(name -> names.add("auroc." + name));
    names.add("mean_auroc");
    names.add("auroc_readmitted");
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public void at(int[] weightOfRow, double[] values, int from) {
    int classes = ofClasses.size();
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      values[from + c] = ofClasses.get(c).at(weightOfRow);
      sum += values[from + c];
    }
    values[from + classes] = sum / classes;
    // As WeightedAuroc.ofReadmitted says.
    values[from + classes + 1] = values[from];
  }
}
