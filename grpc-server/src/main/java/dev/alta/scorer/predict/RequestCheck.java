package dev.alta.scorer.predict;

import com.google.protobuf.Message;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.scorer.call.UnknownFields;
import java.util.ArrayList;
import java.util.List;

/** What is checked of a request beside its encounters. */
public final class RequestCheck {
  private static final int LONGEST_ID = 128;
  // Nobody mends more one by one.
  private static final int MOST_NAMED = 100;

  private RequestCheck() {}

  static List<Violation> check(Message request, String requestId) {
    List<Violation> violations = new ArrayList<>();
    checkId("request_id", requestId, violations);
    violations.addAll(UnknownFields.of(request));
    return violations;
  }

  /** None, or one for each row. */
  static List<Violation> check(PredictBatchRequest request) {
    List<Violation> violations = check(request, request.getRequestId());
    int ids = request.getRequestIdsCount();
    if (ids != 0 && ids != request.getEncountersCount()) {
      violations.add(
          new Violation(
              "request_ids",
              ids + " of them",
              "none, or one for each of " + request.getEncountersCount() + " encounters"));
    }
    for (int i = 0; i < ids && violations.size() < MOST_NAMED; i++) {
      checkId("request_ids[" + i + "]", request.getRequestIds(i), violations);
    }
    return violations;
  }

  /** Checks the id that a caller gave, under the name that the field has there. */
  public static void checkId(String field, String id, List<Violation> violations) {
    if (!id.isEmpty()
        && (id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl))) {
      violations.add(
          new Violation(
              field,
              id,
              "at most " + LONGEST_ID + " characters, none of them a control character"));
    }
  }
}
