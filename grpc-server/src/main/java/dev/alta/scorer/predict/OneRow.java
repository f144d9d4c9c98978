package dev.alta.scorer.predict;

import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.ExplainOptions;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.scorer.swap.LiveModel;
import java.util.ArrayList;
import java.util.List;

/** A request with one encounter, alone or in a stream. Safe for several threads. */
final class OneRow {
  /** What becomes of it. */
  sealed interface Outcome {
    record Answer(PredictResponse response) implements Outcome {}

    /** Everything wrong with it; counted, not yet answered. */
    record Refusal(List<Violation> violations) implements Outcome {}
  }

  private final Admission admission;
  private final Answering answering;
  private final List<String> classes;

  OneRow(Admission admission, Answering answering, List<String> classes) {
    this.admission = admission;
    this.answering = answering;
    this.classes = classes;
  }

  /** Answers a request; reasons are given where it asks for them. */
  Outcome answer(PredictRequest request, String id, long start) {
    return request.hasExplain()
        ? explain(request, request.getExplain(), id, start)
        : predict(request, id, start);
  }

  private Outcome predict(PredictRequest request, String id, long start) {
    List<Violation> violations = RequestCheck.check(request, request.getRequestId());
    LiveModel model = answering.model();
    Admitted admitted = admission.admit(request.getEncounter());
    return admitted instanceof Admitted.Case one && violations.isEmpty()
        ? new Outcome.Answer(answering.answer(model, one, id, start))
        : refused(violations, admitted);
  }

  /** Answers a request with reasons, whether it asks for them or not. */
  Outcome explain(PredictRequest request, ExplainOptions asked, String id, long start) {
    List<Violation> violations = RequestCheck.check(request, request.getRequestId());
    violations.addAll(Explanations.check(asked, classes));
    LiveModel model = answering.model();
    Admitted admitted = admission.admit(request.getEncounter());
    if (!(admitted instanceof Admitted.Case one) || !violations.isEmpty()) {
      return refused(violations, admitted);
    }
    return new Outcome.Answer(
        answering.answer(model, one, id, start).toBuilder()
            .addAllExplanations(Explanations.of(model, one.cleaned(), asked))
            .build());
  }

  private Outcome refused(List<Violation> ofRequest, Admitted admitted) {
    List<Violation> violations = new ArrayList<>(ofRequest);
    if (admitted instanceof Admitted.Refused refused) {
      violations.addAll(refused.violations());
    }
    answering.refused(violations);
    return new Outcome.Refusal(violations);
  }
}
