package dev.alta.core.contract;

import com.google.rpc.BadRequest;
import java.util.List;

/**
 * Violations on the wire: the {@code google.rpc.BadRequest} that goes with INVALID_ARGUMENT. A
 * description reads {@code 99 (expected: a whole number from 1 to 14)}.
 */
public final class ViolationDetails {
  private static final String MISSING = "missing";
  private static final String OPENING = " (expected: ";
  private static final String CLOSING = ")";

  private ViolationDetails() {}

  public static BadRequest write(List<Violation> violations) {
    BadRequest.Builder details = BadRequest.newBuilder();
    for (Violation violation : violations) {
      details
          .addFieldViolationsBuilder()
          .setField(violation.field())
          .setDescription(
              (violation.value().isEmpty() ? MISSING : violation.value())
                  + OPENING
                  + violation.expected()
                  + CLOSING);
    }
    return details.build();
  }

  /** The violations of details in that form; a description of another form is all expectation. */
  public static List<Violation> read(BadRequest details) {
    return details.getFieldViolationsList().stream().map(ViolationDetails::read).toList();
  }

  private static Violation read(BadRequest.FieldViolation wire) {
    String description = wire.getDescription();
    int opening = description.indexOf(OPENING);
    if (opening < 0 || !description.endsWith(CLOSING)) {
      return new Violation(wire.getField(), "", description);
    }
    String value = description.substring(0, opening);
    return new Violation(
        wire.getField(),
        value.equals(MISSING) ? "" : value,
        description.substring(opening + OPENING.length(), description.length() - CLOSING.length()));
  }
}
