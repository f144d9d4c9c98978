package dev.alta.scorer.predict;

import com.google.protobuf.Message;
import dev.alta.core.contract.Violation;
import dev.alta.scorer.call.UnknownFields;
import java.util.ArrayList;
import java.util.List;

/** What is checked of a request beside its encounters. */
public final class RequestCheck {
  private static final int LONGEST_ID = 128;

  private RequestCheck() {}

  static List<Violation> check(Message request, String requestId) {
    List<Violation> violations = new ArrayList<>();
    checkId("request_id", requestId, violations);
    violations.addAll(UnknownFields.of(request));
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
