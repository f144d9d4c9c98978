package dev.alta.training.report;

import dev.alta.core.contract.Contract;
import dev.alta.core.report.Table;
import dev.alta.proto.v1.Evaluation;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The live figures with their intervals, beside those of the test rows. */
final class LiveTable {
  private final Evaluation live;
  private final Evaluation test;
  private final Table table =
      Table.of(List.of("figure", "live", "95% interval", "test rows", "95% interval"));

  private LiveTable(Evaluation live, Evaluation test) {
    this.live = live;
    this.test = test;
  }

  static String of(Contract contract, List<String> labels, Evaluation live, Evaluation test) {
    LiveTable made = new LiveTable(live, test);
    List<String> classes = contract.classes();
    made.row("AUROC, mean over the classes", "mean_auroc", Evaluation::getMeanAuroc);
    for (int c = classes.size() - 1; c >= 0; c--) {
      int i = c;
      made.row(
          "AUROC: " + labels.get(c),
          "auroc." + classes.get(c),
          e -> i < e.getAurocCount() ? e.getAuroc(i) : Double.NaN);
    }
    made.row("AUROC: any but " + labels.get(0), "auroc_readmitted", Evaluation::getAurocReadmitted);
    made.row("Calibration error", "calibration_error", Evaluation::getCalibrationError);
    made.row("Accuracy", "accuracy", Evaluation::getAccuracy);
    made.row("Logarithmic loss", "log_loss", Evaluation::getLogLoss);
    made.row("Brier score", "brier", Evaluation::getBrier);
    return made.table.toString();
  }

  private void row(String label, String name, ToDoubleFunction<Evaluation> of) {
    boolean known = test.getRows() > 0;
    table.row(
        List.of(
            label,
            FigureTable.number(of.applyAsDouble(live)),
            FigureTable.interval(live.getIntervalsMap(), name),
            known ? FigureTable.number(of.applyAsDouble(test)) : "–",
            FigureTable.interval(test.getIntervalsMap(), name)));
  }
}
