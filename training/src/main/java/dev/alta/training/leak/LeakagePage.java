package dev.alta.training.leak;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.Charts;
import dev.alta.core.report.Charts.Bar;
import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.proto.v1.Evaluation;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The trials beside each other, as one HTML page. */
public final class LeakagePage {
  private LeakagePage() {}

  /** The page; the honest trial comes first. */
  public static String html(Contract contract, List<LeakageTrial> trials) {
    List<String> labels = contract.target().values().stream().map(Column.Value::label).toList();
    String urgent = labels.get(labels.size() - 1);
    int last = labels.size() - 1;
    Page page = new Page("Leakage: what other ways to evaluate would have claimed");
    page.say(
        "The same rows, the same trees, evaluated in four ways. Only the first one says how good the"
            + " model will be for patients it has not seen; the others let something of the answer"
            + " into the training. Whoever saw such figures elsewhere may find here where they come"
            + " from.");
    page.section(
            "What each way claims", "AUROC of what each way takes for test rows; chance is 0.5.")
        .open();
    card(page, trials, "AUROC: " + urgent, test -> test.getAuroc(last));
    card(page, trials, "AUROC: any but " + labels.get(0), Evaluation::getAurocReadmitted);
    card(page, trials, "Accuracy", Evaluation::getAccuracy);
    page.close().section("What was done", "").open();
    for (LeakageTrial trial : trials) {
      page.card(
          trial.name(),
          Html.count(trial.trainingRows())
              + " rows learned from, "
              + Html.count(trial.test().getRows())
              + " taken for test rows",
          "<p>"
              + Html.text(trial.words())
              + "</p><p>"
              + Html.text(trial.honest() ? "" : trial.why())
              + "</p>");
    }
    return page.close().toString();
  }

  private static void card(
      Page page, List<LeakageTrial> trials, String heading, ToDoubleFunction<Evaluation> figure) {
    List<Bar> bars =
        trials.stream()
            .map(
                trial -> {
                  double value = figure.applyAsDouble(trial.test());
                  return new Bar(trial.name(), value, String.format(Locale.ROOT, "%.3f", value));
                })
            .toList();
    page.card(heading, "", Charts.bars(heading, bars));
  }
}
