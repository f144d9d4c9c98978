package dev.alta.training.evaluate;

import java.util.List;

/** What comes of taking the most probable class for the answer. */
final class OutcomeFigures implements Figures {
  private static final List<String> NAMES = List.of("macro_precision", "macro_recall", "macro_f1");

  private final int classes;
  // For each row, its place in the confusion matrix.
  private final int[] cells;

  OutcomeFigures(Scores scores) {
    this.classes = scores.classes();
    this.cells = Confusion.cells(scores);
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public void at(int[] weightOfRow, double[] values, int from) {
    Confusion confusion = Confusion.of(classes, cells, weightOfRow);
    values[from] = confusion.macroPrecision();
    values[from + 1] = confusion.macroRecall();
    values[from + 2] = confusion.macroF1();
  }
}
