package dev.alta.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.alta.core.contract.ViolationDetails;
import dev.alta.gateway.json.Problem;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/** What a status of the scorer means to an HTTP caller. */
final class ScorerProblem {
  private ScorerProblem() {}

  static Problem of(StatusRuntimeException failure) {
    return badRequest(failure)
        .map(details -> Problem.invalid(ViolationDetails.read(details)))
        .orElseGet(() -> of(failure.getStatus()));
  }

  /** The same for a row of a batch. */
  static Problem of(com.google.rpc.Status ofRow) {
    return of(StatusProto.toStatusRuntimeException(ofRow));
  }

  /** Why the scorer gave no answer, in words for callers. */
  static String why(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    return status.getCode() == Status.Code.UNAVAILABLE
        ? unavailable(status)
        : "the scorer cannot be reached";
  }

  private static Problem of(Status status) {
    return switch (status.getCode()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE ->
          Problem.of(400, "refused", "The scorer refused the request", said(status));
      case UNAUTHENTICATED -> Problem.of(401, "unauthenticated", "Log in first", said(status));
      case PERMISSION_DENIED -> Problem.of(403, "forbidden", "Not allowed", said(status));
      case NOT_FOUND ->
          Problem.of(404, "not-found", "There is no such model or file", said(status));
      case FAILED_PRECONDITION, ABORTED, ALREADY_EXISTS ->
          Problem.of(409, "conflict", "The model cannot be used", said(status));
      case RESOURCE_EXHAUSTED ->
          Problem.of(429, "overloaded", "Too many requests", "the scorer sheds load; try again");
      case UNIMPLEMENTED ->
          Problem.of(501, "unknown-method", "Not offered", "the scorer does not know this method");
      case UNAVAILABLE, CANCELLED ->
          Problem.of(503, "unavailable", "No prediction can be had now", unavailable(status));
      case DEADLINE_EXCEEDED ->
          Problem.of(504, "too-late", "The scorer took too long", "no answer within the deadline");
      default ->
          Problem.of(500, "failed", "Something failed", "the scorer failed; its log says why");
    };
  }

  /** What the scorer said; its words are written for callers. */
  private static String said(Status status) {
    String description = status.getDescription();
    return description == null ? status.getCode().name() : description;
  }

  /** With a cause, it is the transport's complaint and none of the caller's business. */
  private static String unavailable(Status status) {
    return status.getCause() != null || status.getDescription() == null
        ? "the scorer cannot be reached"
        : status.getDescription();
  }

  private static Optional<BadRequest> badRequest(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null || failure.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
      return Optional.empty();
    }
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(BadRequest.class))
        .findFirst()
        .map(ScorerProblem::unpack);
  }

  private static BadRequest unpack(Any detail) {
    try {
      return detail.unpack(BadRequest.class);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException("the scorer sent a broken BadRequest", broken);
    }
  }
}
