package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictStreamResponse;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.RequestMeters;
import dev.alta.scorer.swap.LiveModel;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Answers the rows of a stream that wait at a time, all with the same model. For any stream. */
final class RowTurn {
  // Many times what an encounter takes; larger ones are not kept waiting in memory.
  private static final int LARGEST_ROW = 64 << 10;

  /** A row that waits; an empty one in its place if it was too large. */
  record Waiting(PredictRequest request, int size, long start) {
    static Waiting of(PredictRequest request, long start) {
      int size = request.getSerializedSize();
      return new Waiting(
          size > LARGEST_ROW ? PredictRequest.getDefaultInstance() : request, size, start);
    }
  }

  private final OneRow rows;
  private final Answering answering;
  private final RequestMeters meters;

  RowTurn(OneRow rows, Answering answering, RequestMeters meters) {
    this.rows = rows;
    this.answering = answering;
    this.meters = meters;
  }

  /** The answers in the order of the rows, each a {@code PredictStreamResponse}. */
  List<ByteString> answer(List<Waiting> turn) {
    if (turn.isEmpty()) {
      return List.of();
    }
    LiveModel model = answering.model();
    List<String> ids = new ArrayList<>(turn.size());
    List<OneRow.Outcome> outcomes = new ArrayList<>(turn.size());
    List<Question> questions = new ArrayList<>(turn.size());
    for (Waiting row : turn) {
      String id = answering.id(row.request().getRequestId());
      OneRow.Outcome outcome =
          row.size() > LARGEST_ROW
              ? tooLarge(row.size())
              : rows.accept(row.request(), id, row.start());
      ids.add(id);
      outcomes.add(outcome);
      if (outcome instanceof OneRow.Outcome.Accepted accepted) {
        questions.add(accepted.question());
      }
    }
    Iterator<Answer> answers = answering.answer(model, questions).iterator();
    List<ByteString> messages = new ArrayList<>(turn.size());
    for (int i = 0; i < turn.size(); i++) {
      messages.add(
          outcomes.get(i) instanceof OneRow.Outcome.Accepted accepted
              ? prediction(model, turn.get(i), accepted.question(), answers.next())
              : error(ids.get(i), (OneRow.Outcome.Refusal) outcomes.get(i)));
    }
    meter(turn, outcomes);
    return messages;
  }

  private OneRow.Outcome tooLarge(int size) {
    List<Violation> violations =
        List.of(new Violation("message", size + " bytes", "at most " + LARGEST_ROW + " bytes"));
    answering.refused(violations);
    return new OneRow.Outcome.Refusal(violations);
  }

  private ByteString prediction(LiveModel model, Waiting row, Question question, Answer answer) {
    PredictRequest request = row.request();
    return message(
        question.id(),
        request.hasExplain()
            ? rows.withReasons(model, question, request.getExplain(), answer.message())
            : answer.message());
  }

  private static ByteString message(String id, ByteString prediction) {
    byte[] bytes =
        new byte
            [CodedOutputStream.computeBytesSize(
                    PredictStreamResponse.PREDICTION_FIELD_NUMBER, prediction)
                + CodedOutputStream.computeStringSize(
                    PredictStreamResponse.REQUEST_ID_FIELD_NUMBER, id)];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeBytes(PredictStreamResponse.PREDICTION_FIELD_NUMBER, prediction);
      out.writeString(PredictStreamResponse.REQUEST_ID_FIELD_NUMBER, id);
      out.checkNoSpaceLeft();
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static ByteString error(String id, OneRow.Outcome.Refusal refusal) {
    return PredictStreamResponse.newBuilder()
        .setError(Refusals.status(refusal.violations()))
        .setRequestId(id)
        .build()
        .toByteString();
  }

  private void meter(List<Waiting> turn, List<OneRow.Outcome> outcomes) {
    long end = System.nanoTime();
    for (int i = 0; i < turn.size(); i++) {
      meters.ended(
          outcomes.get(i) instanceof OneRow.Outcome.Accepted
              ? Status.Code.OK
              : Status.Code.INVALID_ARGUMENT,
          end - turn.get(i).start());
    }
  }
}
