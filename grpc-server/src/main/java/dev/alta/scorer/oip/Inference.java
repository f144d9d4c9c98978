package dev.alta.scorer.oip;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.model.bundle.Prediction;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferResponse;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Admitted;
import dev.alta.scorer.predict.Answering;
import dev.alta.scorer.predict.Question;
import dev.alta.scorer.predict.RequestCheck;
import dev.alta.scorer.swap.LiveModel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;

/** ModelInfer: all rows are answered, with the same model, or none is. */
final class Inference {
  private static final int BETWEEN_LOOKS = 256;

  private final Contract contract;
  private final Admission admission;
  private final Answering answering;
  private final Served served;

  Inference(Contract contract, Admission admission, Answering answering, Served served) {
    this.contract = contract;
    this.admission = admission;
    this.answering = answering;
    this.served = served;
  }

  ModelInferResponse infer(ModelInferRequest request, long start) {
    LiveModel model = served.model(request.getModelName(), request.getModelVersion());
    List<Violation> violations = new ArrayList<>();
    RequestCheck.checkId("id", request.getId(), violations);
    List<Output> outputs = Output.requested(request.getOutputsList(), violations);
    TensorRows rows = new InputReader(contract, request, violations).read();
    List<Admitted.Case> cases = rows.admit(admission, violations);
    if (!violations.isEmpty()) {
      throw refusal(violations);
    }
    String id = answering.id(request.getId());
    List<Prediction> answers = answers(model, cases, id, start);
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(request.getModelName())
            .setModelVersion(model.version())
            .setId(request.getId())
            .putParameters("model_alias", OutputWriter.text(model.alias()))
            .putParameters("request_id", OutputWriter.text(id));
    OutputWriter writer =
        new OutputWriter(
            answers, model.predictor().classes(), request.getRawInputContentsCount() > 0);
    outputs.forEach(output -> writer.write(output, response));
    return response.build();
  }

  private List<Prediction> answers(
      LiveModel model, List<Admitted.Case> cases, String id, long start) {
    List<Prediction> answers = new ArrayList<>(cases.size());
    for (int first = 0; first < cases.size(); first += BETWEEN_LOOKS) {
      Replies.requireWanted();
      List<Question> questions = new ArrayList<>();
      for (int i = first; i < Math.min(cases.size(), first + BETWEEN_LOOKS); i++) {
        questions.add(
            Question.of(cases.get(i), cases.size() == 1 ? id : id + "-" + i, start, false));
      }
      answering.answer(model, questions).forEach(answer -> answers.add(answer.prediction()));
    }
    return answers;
  }

  /** Counted by column, told by element. */
  private StatusRuntimeException refusal(List<Violation> violations) {
    answering.refused(violations.stream().map(Inference::ofColumn).toList());
    return Refusals.error(violations);
  }

  private static Violation ofColumn(Violation violation) {
    int index = violation.field().indexOf('[');
    return index < 0
        ? violation
        : new Violation(
            violation.field().substring(0, index), violation.value(), violation.expected());
  }
}
