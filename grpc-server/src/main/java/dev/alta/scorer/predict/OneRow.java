package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.ExplainOptions;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.swap.LiveModel;
import java.util.ArrayList;
import java.util.List;

/** A request with one encounter, alone or in a stream. Safe for several threads. */
final class OneRow {
  /** What becomes of it at the door. */
  sealed interface Outcome {
    /** To be answered. */
    record Accepted(Question question) implements Outcome {}

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

  /** Takes a request in; nothing is predicted. */
  Outcome accept(PredictRequest request, String id, long start) {
    List<Violation> violations = RequestCheck.check(request, request.getRequestId());
    if (request.hasExplain()) {
      violations.addAll(Explanations.check(request.getExplain(), classes));
    }
    Admitted admitted = admission.admit(request.getEncounter());
    return admitted instanceof Admitted.Case one && violations.isEmpty()
        ? new Outcome.Accepted(Question.of(one, id, start, request.getHypothetical()))
        : refused(violations, admitted);
  }

  private Outcome refused(List<Violation> ofRequest, Admitted admitted) {
    List<Violation> violations = new ArrayList<>(ofRequest);
    if (admitted instanceof Admitted.Refused refused) {
      violations.addAll(refused.violations());
    }
    answering.refused(violations);
    return new Outcome.Refusal(violations);
  }

  /** Answers a request, without reasons; or refuses it. */
  ByteString predict(PredictRequest request, String id, long start) {
    LiveModel model = answering.model();
    return answering.answer(model, accepted(request, id, start)).message();
  }

  /** The same with reasons, whether the request asks for them or not. */
  ByteString explain(PredictRequest request, String id, long start) {
    LiveModel model = answering.model();
    Question question = accepted(request, id, start);
    return withReasons(
        model, question, request.getExplain(), answering.answer(model, question).message());
  }

  private Question accepted(PredictRequest request, String id, long start) {
    Outcome outcome = accept(request, id, start);
    if (outcome instanceof Outcome.Refusal refusal) {
      throw Refusals.error(refusal.violations());
    }
    return ((Outcome.Accepted) outcome).question();
  }

  /** Messages whose bytes follow each other are one message with the fields of both. */
  ByteString withReasons(
      LiveModel model, Question question, ExplainOptions asked, ByteString answer) {
    return answer.concat(
        PredictResponse.newBuilder()
            .addAllExplanations(Explanations.of(model, question.cleaned(), asked))
            .build()
            .toByteString());
  }
}
