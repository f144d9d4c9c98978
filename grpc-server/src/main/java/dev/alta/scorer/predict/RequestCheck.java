package dev.alta.scorer.predict;

import com.google.protobuf.Message;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.LoadModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is checked of a request beside its encounters. */
final class RequestCheck {
  private static final int LONGEST_ID = 128;
  private static final int MOST_UNKNOWN = 100;
  private static final Pattern MODEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}|[1-9][0-9]{0,8}");

  private RequestCheck() {}

  static List<Violation> check(Message request, String requestId) {
    List<Violation> violations = new ArrayList<>();
    if (requestId.length() > LONGEST_ID || requestId.chars().anyMatch(Character::isISOControl)) {
      violations.add(
          new Violation(
              "request_id",
              requestId,
              "at most " + LONGEST_ID + " characters, none of them a control character"));
    }
    addUnknown(violations, request);
    return violations;
  }

  static List<Violation> check(LoadModelRequest request) {
    List<Violation> violations = new ArrayList<>();
    if (!request.getModel().isEmpty() && !MODEL.matcher(request.getModel()).matches()) {
      violations.add(
          new Violation(
              "model", request.getModel(), "an alias such as champion, a version such as 3"));
    }
    addUnknown(violations, request);
    return violations;
  }

  private static void addUnknown(List<Violation> violations, Message request) {
    String expected = "a field of " + request.getDescriptorForType().getFullName();
    request.getUnknownFields().asMap().keySet().stream()
        .limit(MOST_UNKNOWN)
        .forEach(
            number -> violations.add(new Violation("field number " + number, "given", expected)));
  }
}
