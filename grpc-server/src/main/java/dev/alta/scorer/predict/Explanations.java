package dev.alta.scorer.predict;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import dev.alta.model.bundle.Reason;
import dev.alta.proto.v1.Contribution;
import dev.alta.proto.v1.ExplainOptions;
import dev.alta.proto.v1.Explanation;
import dev.alta.scorer.call.UnknownFields;
import dev.alta.scorer.swap.LiveModel;
import java.util.ArrayList;
import java.util.List;

/** Which reasons were asked for, and the reasons as the messages that go out. */
final class Explanations {
  private Explanations() {}

  /** What is wrong with the options; the classes are those of the contract. */
  static List<Violation> check(ExplainOptions asked, List<String> classes) {
    List<Violation> violations = new ArrayList<>(UnknownFields.of(asked));
    for (int i = 0; i < asked.getClassesCount(); i++) {
      if (!classes.contains(asked.getClasses(i))) {
        violations.add(
            new Violation(
                "explain.classes[" + i + "]",
                asked.getClasses(i),
                "one of " + String.join(", ", classes)));
      }
    }
    if (asked.getTop() < 0) {
      violations.add(
          new Violation("explain.top", Integer.toString(asked.getTop()), "0 (all) or more"));
    }
    return violations;
  }

  /** In the order of the classes, whatever the order they were asked in. */
  static List<Explanation> of(LiveModel model, Row cleaned, ExplainOptions asked) {
    List<String> classes = model.predictor().classes();
    float[] margins = model.margins(cleaned);
    List<Explanation> explanations = new ArrayList<>(classes.size());
    for (int i = 0; i < classes.size(); i++) {
      String name = classes.get(i);
      if (asked.getClassesCount() == 0 || asked.getClassesList().contains(name)) {
        explanations.add(
            explanation(model.reasons(i, cleaned), asked.getTop())
                .setClassName(name)
                .setBaseValue(model.baseValue(i))
                .setMargin(margins[i])
                .build());
      }
    }
    return explanations;
  }

  private static Explanation.Builder explanation(List<Reason> reasons, int top) {
    int listed = top == 0 ? reasons.size() : Math.min(top, reasons.size());
    Explanation.Builder explanation = Explanation.newBuilder();
    reasons.subList(0, listed).forEach(reason -> explanation.addContributions(message(reason)));
    return explanation.setOthers(
        reasons.subList(listed, reasons.size()).stream().mapToDouble(Reason::contribution).sum());
  }

  private static Contribution message(Reason reason) {
    Contribution.Builder message =
        Contribution.newBuilder()
            .setLabel(reason.label())
            .setValue(reason.value())
            .setContribution(reason.contribution());
    reason.columns().stream().map(Column::name).forEach(message::addColumns);
    return message.build();
  }
}
