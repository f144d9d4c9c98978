package dev.alta.scorer.call;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.alta.core.contract.Violation;
import dev.alta.core.contract.ViolationDetails;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Violations as INVALID_ARGUMENT with a {@code google.rpc.BadRequest} that names all of them. */
public final class Refusals {
  // Details travel in a header, base64, and clients accept 8 KiB of headers by default.
  private static final int LARGEST_DETAILS = 5_200;
  private static final int MOST_NAMED = 8;
  private static final int[] SHORTER = {100, 60, 32, 16, 8};

  private Refusals() {}

  /** The error of a call, its details short enough for the headers of any client. */
  public static StatusRuntimeException error(List<Violation> violations) {
    return StatusProto.toStatusRuntimeException(status(violations, fitting(violations)));
  }

  /** The error of one row of a batch; in a body, nothing needs to be cut. */
  public static Status status(List<Violation> violations) {
    return status(violations, ViolationDetails.write(violations));
  }

  private static Status status(List<Violation> violations, BadRequest details) {
    String message =
        violations.size() == 1
            ? details.getFieldViolations(0).getField() + ": " + description(details)
            : violations.size() + " fields are not as expected: " + names(violations);
    return Status.newBuilder()
        .setCode(Code.INVALID_ARGUMENT_VALUE)
        .setMessage(message)
        .addDetails(Any.pack(details))
        .build();
  }

  /** The first few names, for callers whose tools do not show the details. */
  private static String names(List<Violation> violations) {
    String names =
        violations.stream()
            .limit(MOST_NAMED)
            .map(violation -> cut(violation.field(), 64))
            .collect(Collectors.joining(", "));
    return violations.size() > MOST_NAMED ? names + ", … (all in the details)" : names;
  }

  private static String description(BadRequest details) {
    return details.getFieldViolations(0).getDescription();
  }

  /** Cuts values and expectations until all fields can be named; only then leaves fields out. */
  private static BadRequest fitting(List<Violation> violations) {
    BadRequest details = ViolationDetails.write(violations);
    for (int i = 0; i < SHORTER.length && details.getSerializedSize() > LARGEST_DETAILS; i++) {
      int length = SHORTER[i];
      details = ViolationDetails.write(violations.stream().map(v -> cut(v, length)).toList());
    }
    for (int named = violations.size() / 2;
        details.getSerializedSize() > LARGEST_DETAILS;
        named /= 2) {
      details = ViolationDetails.write(first(violations, named));
    }
    return details;
  }

  private static List<Violation> first(List<Violation> violations, int named) {
    int shortest = SHORTER[SHORTER.length - 1];
    List<Violation> shown = new ArrayList<>();
    violations.subList(0, named).forEach(violation -> shown.add(cut(violation, shortest)));
    shown.add(new Violation("…", (violations.size() - named) + " more", "fewer violations"));
    return shown;
  }

  private static Violation cut(Violation violation, int length) {
    return new Violation(
        cut(violation.field(), 64),
        cut(violation.value(), length / 2),
        cut(violation.expected(), length));
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + "…";
  }
}
