package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.swap.LiveModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A request with many encounters. All are answered with the same model. */
final class ManyRows {
  private static final int LARGEST_BATCH = 4_096;
  // Some milliseconds: that much is computed in vain where the caller goes away.
  private static final int BETWEEN_LOOKS = 256;

  private final Admission admission;
  private final Answering answering;

  ManyRows(Admission admission, Answering answering) {
    this.admission = admission;
    this.answering = answering;
  }

  /** The answer, a {@code PredictBatchResponse}. */
  ByteString answer(PredictBatchRequest request, long start) {
    int rows = request.getEncountersCount();
    List<Violation> violations = RequestCheck.check(request);
    if (rows == 0 || rows > LARGEST_BATCH) {
      violations.add(new Violation("encounters", rows + " of them", "1 to " + LARGEST_BATCH));
    }
    if (!violations.isEmpty()) {
      throw answering.refusal(violations);
    }
    LiveModel model = answering.model();
    String id = answering.id(request.getRequestId());
    BatchForm batch = new BatchForm();
    for (int first = 0; first < rows; first += BETWEEN_LOOKS) {
      Replies.requireWanted();
      answer(model, request, id, start, first, Math.min(rows, first + BETWEEN_LOOKS), batch);
    }
    return batch.write(model.alias(), model.version(), id);
  }

  private static String id(PredictBatchRequest request, int row, String ofBatch) {
    String given = request.getRequestIdsCount() == 0 ? "" : request.getRequestIds(row);
    return given.isEmpty() ? ofBatch + "-" + row : given;
  }

  private void answer(
      LiveModel model,
      PredictBatchRequest request,
      String id,
      long start,
      int from,
      int to,
      BatchForm batch) {
    List<Question> questions = new ArrayList<>(to - from);
    List<Admitted> all = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      Admitted admitted = admission.admit(request.getEncounters(i));
      all.add(admitted);
      if (admitted instanceof Admitted.Case one) {
        questions.add(Question.of(one, id(request, i, id), start, request.getHypothetical()));
      }
    }
    Iterator<Answer> answers = answering.answer(model, questions).iterator();
    for (Admitted admitted : all) {
      if (admitted instanceof Admitted.Refused refused) {
        answering.refused(refused.violations());
        batch.error(Refusals.status(refused.violations()));
      } else {
        batch.prediction(answers.next().message());
      }
    }
  }
}
