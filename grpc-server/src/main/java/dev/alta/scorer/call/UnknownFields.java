package dev.alta.scorer.call;

import com.google.protobuf.Message;
import dev.alta.core.contract.Violation;
import java.util.List;

/** Fields that a message has and its type does not know: most likely a caller's mistake. */
public final class UnknownFields {
  private static final int MOST = 100;

  private UnknownFields() {}

  /** A violation for each; those of messages within are not looked for. */
  public static List<Violation> of(Message message) {
    if (message.getUnknownFields().asMap().isEmpty()) {
      return List.of();
    }
    String expected = "a field of " + message.getDescriptorForType().getFullName();
    return message.getUnknownFields().asMap().keySet().stream()
        .limit(MOST)
        .map(number -> new Violation("field number " + number, "given", expected))
        .toList();
  }
}
