package dev.alta.scorer.predict;

import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.swap.LiveModel;
import java.util.ArrayList;
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

  PredictBatchResponse answer(PredictBatchRequest request, long start) {
    int rows = request.getEncountersCount();
    List<Violation> violations = RequestCheck.check(request, request.getRequestId());
    if (rows == 0 || rows > LARGEST_BATCH) {
      violations.add(new Violation("encounters", rows + " of them", "1 to " + LARGEST_BATCH));
    }
    if (!violations.isEmpty()) {
      throw answering.refusal(violations);
    }
    LiveModel model = answering.model();
    String id = answering.id(request.getRequestId());
    List<BatchItem> items = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      if (i % BETWEEN_LOOKS == 0) {
        Replies.requireWanted();
      }
      items.add(item(model, request.getEncounters(i), id + "-" + i, start));
    }
    return PredictBatchResponse.newBuilder()
        .addAllItems(items)
        .setModelAlias(model.alias())
        .setModelVersion(model.version())
        .setRequestId(id)
        .build();
  }

  private BatchItem item(LiveModel model, Encounter encounter, String id, long start) {
    Admitted admitted = admission.admit(encounter);
    if (admitted instanceof Admitted.Case one) {
      return BatchItem.newBuilder().setPrediction(answering.answer(model, one, id, start)).build();
    }
    List<Violation> violations = ((Admitted.Refused) admitted).violations();
    answering.refused(violations);
    return BatchItem.newBuilder().setError(Refusals.status(violations)).build();
  }
}
