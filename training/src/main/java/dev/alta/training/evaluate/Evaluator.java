package dev.alta.training.evaluate;

import dev.alta.proto.v1.Evaluation;
import dev.alta.training.dataset.RowFacts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Computes the figures of a data set. Classes go from the least to the most urgent. */
public final class Evaluator {
  private Evaluator() {}

  /**
   * Evaluates, with intervals and subgroups.
   *
   * @param dataset its name, kept with the figures
   * @param rows whose the rows are, in the same order
   * @param classes their names
   * @param bootstrapSamples on which the intervals rest
   * @throws IllegalArgumentException if there are no rows, or scores and rows are not equally many
   */
  public static Evaluation evaluate(
      String dataset,
      Scores scores,
      RowFacts rows,
      List<String> classes,
      int bootstrapSamples,
      long seed) {
    require(dataset + ": rows", rows.rows(), scores.rows());
    require(dataset + ": names of classes", classes.size(), scores.classes());
    Orders orders = orders(dataset, scores);
    Measured whole =
        new Measured(FigureSet.whole(scores, orders, classes), scores.rows(), bootstrapSamples);
    Subgroups subgroups = new Subgroups(scores, orders, rows, classes, bootstrapSamples);
    new PatientBootstrap(rows, bootstrapSamples, seed)
        .each(
            (sample, weightOfRow) -> {
              whole.add(sample, weightOfRow);
              subgroups.add(sample, weightOfRow);
            });
    return figures(dataset, scores, orders, classes, whole)
        .setPatients(rows.patients())
        .putAllIntervals(whole.intervals())
        .addAllSubgroups(subgroups.messages())
        .build();
  }

  /**
   * Evaluates without intervals and subgroups.
   *
   * @param dataset its name, kept with the figures
   * @throws IllegalArgumentException if there are no rows
   */
  public static Evaluation evaluate(String dataset, Scores scores) {
    Orders orders = orders(dataset, scores);
    List<String> classes =
        IntStream.range(0, scores.classes()).mapToObj(Integer::toString).toList();
    Measured whole = new Measured(FigureSet.whole(scores, orders, classes), scores.rows(), 0);
    return figures(dataset, scores, orders, classes, whole).build();
  }

  private static Orders orders(String dataset, Scores scores) {
    if (scores.rows() == 0) {
      throw new IllegalArgumentException(dataset + ": 0 rows (expected: at least 1)");
    }
    return Orders.of(scores);
  }

  private static Evaluation.Builder figures(
      String dataset, Scores scores, Orders orders, List<String> classes, Measured measured) {
    int[] ones = new int[scores.rows()];
    Arrays.fill(ones, 1);
    Confusion confusion = Confusion.of(scores.classes(), Confusion.cells(scores), ones);
    Evaluation.Builder evaluation =
        Evaluation.newBuilder()
            .setDataset(dataset)
            .setRows(scores.rows())
            .setAccuracy(measured.value("accuracy"))
            .setMajorityShare(confusion.majorityShare())
            .setMeanAuroc(measured.value("mean_auroc"))
            .setAurocReadmitted(measured.value("auroc_readmitted"))
            .setMacroPrecision(measured.value("macro_precision"))
            .setMacroRecall(measured.value("macro_recall"))
            .setMacroF1(measured.value("macro_f1"))
            .setBrier(measured.value("brier"))
            .setLogLoss(measured.value("log_loss"))
            .setCalibrationError(measured.value(CalibrationFigures.NAME))
            .setMeanAveragePrecision(measured.value("mean_average_precision"))
            .addAllTop(new TopFigures(orders.mostUrgent()).shares(ones));
    for (String name : classes) {
      evaluation
          .addAuroc(measured.value("auroc." + name))
          .addAveragePrecision(measured.value("average_precision." + name));
    }
    confusion.counts().forEach(evaluation::addConfusion);
    return evaluation;
  }

  private static void require(String what, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          what + ": " + found + " (expected: " + expected + ", as many as in the scores)");
    }
  }
}
