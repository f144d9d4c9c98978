package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.model.bundle.Reason;
import dev.alta.pipelines.csv.CsvRecord;
import java.util.ArrayList;
import java.util.List;

/** Answers as CSV; a column for each class and for each part of a reason. */
final class CsvText implements RowText {
  private final Contract contract;
  private final PinnedModel model;
  private final int reasons;
  private final List<String> classes;

  CsvText(Contract contract, PinnedModel model, int reasons) {
    this.contract = contract;
    this.model = model;
    this.reasons = reasons;
    this.classes = contract.classes();
  }

  @Override
  public String header() {
    List<String> names = new ArrayList<>();
    names.add(contract.key().name());
    names.add(contract.patient().name());
    names.add("prediction");
    classes.forEach(name -> names.add("probability_" + name));
    names.addAll(
        List.of("probability_readmitted", "probability_within_30_days", "risk", "risk_percentile"));
    for (int i = 1; i <= reasons; i++) {
      String reason = "reason_" + i;
      names.addAll(List.of(reason, reason + "_value", reason + "_contribution"));
    }
    names.addAll(List.of("model_name", "model_alias", "model_version"));
    return CsvRecord.line(names) + "\n";
  }

  @Override
  public String row(Answer answer) {
    List<String> cells = new ArrayList<>();
    cells.add(answer.key());
    cells.add(answer.patient());
    cells.add(classes.get(answer.prediction().best()));
    answer.prediction().probabilities().forEach(p -> cells.add(Double.toString(p)));
    cells.add(Double.toString(answer.prediction().probabilityReadmitted()));
    cells.add(Double.toString(answer.prediction().probabilityMostUrgent()));
    cells.add(answer.prediction().risk().name());
    cells.add(Double.toString(answer.prediction().riskPercentile()));
    for (int i = 0; i < reasons; i++) {
      if (i < answer.reasons().size()) {
        Reason reason = answer.reasons().get(i);
        cells.add(reason.name());
        cells.add(reason.value());
        cells.add(Double.toString(reason.contribution()));
      } else {
        cells.addAll(List.of("", "", ""));
      }
    }
    cells.addAll(List.of(model.name(), model.alias(), Integer.toString(model.version())));
    return CsvRecord.line(cells) + "\n";
  }
}
