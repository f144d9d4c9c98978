package dev.alta.training.report;

import dev.alta.core.contract.Column;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.TopShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the card says in sentences: what the model is for, how good it is, where it is not. */
final class CardWords {
  private final ReportInput input;
  private final Evaluation test;
  private final List<String> labels;
  private final String urgent;

  CardWords(ReportInput input, List<String> labels) {
    this.input = input;
    this.test = input.test();
    this.labels = labels;
    this.urgent = labels.get(labels.size() - 1);
  }

  String what() {
    return "Trees that say for an encounter, at discharge, how probable each outcome of “"
        + input.contract().target().label()
        + "” is: "
        + String.join(", ", labels)
        + ". Searched for as "
        + input.run()
        + ".";
  }

  List<String> purposes() {
    return List.of(
        "To put patients in order at discharge, so that staff who cannot see everyone turn first to"
            + " those with the highest risk of “"
            + urgent
            + "”.",
        "To estimate how many of a group of patients will come back.");
  }

  List<String> noPurposes() {
    List<String> words = new ArrayList<>();
    words.add(
        "To decide on the treatment, discharge or payment of a single patient: about a single one"
            + " it is often wrong, and it knows nothing but the columns it reads.");
    words.add(
        "To say what would lower a risk: what goes along with an outcome need not be its cause.");
    words.add(
        "For hospitals, years and patients unlike those it learned from, before its figures were"
            + " measured there.");
    String excluded =
        input.contract().columns().stream()
            .flatMap(column -> column.values().stream())
            .map(Column.Value::excluded)
            .filter(reason -> !reason.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!excluded.isEmpty()) {
      words.add("For encounters that are no cases for the prediction: " + excluded + ".");
    }
    return words;
  }

  /** How good it is, for people who do not read figures. */
  List<String> quality() {
    List<String> words = new ArrayList<>();
    words.add(
        format(
            "Of two patients, one with the outcome “%s” and one without, it gives the first one the"
                + " higher risk in %.0f of 100 pairs. A coin would in 50.",
            urgent, 100 * test.getAuroc(labels.size() - 1)));
    test.getTopList().stream()
        .filter(top -> top.getShare() == 0.1)
        .map(this::top)
        .forEach(words::add);
    words.add(
        format(
            "The most probable outcome is the right one for %s of the rows; the most frequent"
                + " outcome would be for %s. A probability is off by %.1f percentage points on"
                + " average.",
            FigureTable.percent(test.getAccuracy()),
            FigureTable.percent(test.getMajorityShare()),
            100 * test.getCalibrationError()));
    words.add(
        format(
            "Mean AUROC %.4f; logistic regression on the same rows %.4f.",
            test.getMeanAuroc(), input.baseline().getMeanAuroc()));
    Evaluation alone = input.withoutHistory();
    if (alone.getRows() > 0) {
      words.add(
          format(
              "For callers who leave out what is known from earlier encounters: mean AUROC %.4f,"
                  + " “%s” %.4f, calibration error %.1f percentage points.",
              alone.getMeanAuroc(),
              urgent,
              alone.getAuroc(labels.size() - 1),
              100 * alone.getCalibrationError()));
    }
    return words;
  }

  private String top(TopShare top) {
    return format(
        "Of the %s of the test rows with the highest risk, %s had the outcome “%s”: %.1f times as"
            + " many as of all. They are %s of all that had it.",
        FigureTable.percent(top.getShare()),
        FigureTable.percent(top.getPositivePredictiveValue()),
        urgent,
        top.getLift(),
        FigureTable.percent(top.getRecall()));
  }

  List<String> limits(SubgroupSection subgroups) {
    List<String> words = new ArrayList<>();
    words.add(rarelyMostProbable());
    if (!subgroups.weaker().isEmpty()) {
      words.add(
          "It ranks these groups worse than all patients together, beyond chance (mean AUROC): "
              + String.join(", ", subgroups.weaker())
              + ".");
    }
    if (!subgroups.few().isEmpty()) {
      words.add(
          format(
              "Too few test rows to judge by (fewer than %d): %s.",
              SubgroupSection.FEW_ROWS, String.join(", ", subgroups.few())));
    }
    words.add(
        "The intervals say what other test patients of the same hospitals would have given. They do"
            + " not say what other hospitals or later years would give.");
    words.add(
        "Settings were chosen by the validation rows, so that figures of those rows flatter. The"
            + " test rows were looked at once.");
    return words;
  }

  private String rarelyMostProbable() {
    int classes = labels.size();
    long found = test.getConfusion(classes * classes - 1);
    long all = 0;
    for (int c = 0; c < classes; c++) {
      all += test.getConfusion((classes - 1) * classes + c);
    }
    return format(
        "Of the %,d test rows with the outcome “%s”, it was the most probable one for %,d. Act on its"
            + " probability and risk level, not on the most probable outcome.",
        all, urgent, found);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
