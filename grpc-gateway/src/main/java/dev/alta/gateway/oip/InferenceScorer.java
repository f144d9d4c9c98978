package dev.alta.gateway.oip;

import com.google.common.util.concurrent.ListenableFuture;
import com.linecorp.armeria.common.HttpResponse;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.channel.Answer;
import dev.alta.gateway.json.Problem;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The scorer's own service of the protocol, each call with its deadline. */
public final class InferenceScorer {
  private final GRPCInferenceServiceFutureStub scorer;
  private final Duration deadline;
  private final Duration loadDeadline;
  private final Function<StatusRuntimeException, Problem> problems;

  /**
   * Takes its parts.
   *
   * @param problems what a failure of the scorer is to an HTTP caller
   */
  public InferenceScorer(
      Channel scorer,
      Duration deadline,
      Duration loadDeadline,
      Function<StatusRuntimeException, Problem> problems) {
    this.scorer = GRPCInferenceServiceGrpc.newFutureStub(scorer);
    this.deadline = deadline;
    this.loadDeadline = loadDeadline;
    this.problems = problems;
  }

  GRPCInferenceServiceFutureStub soon() {
    return within(deadline);
  }

  /** For calls that fetch a model and try it out. */
  GRPCInferenceServiceFutureStub loading() {
    return within(loadDeadline);
  }

  private GRPCInferenceServiceFutureStub within(Duration longest) {
    return scorer.withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What a call answers, as an answer of ours; a status of the scorer as a problem. */
  <T> HttpResponse answer(ListenableFuture<T> call, Function<T, HttpResponse> response) {
    return Responses.of(Answer.of(call).thenApply(response).exceptionally(this::failed));
  }

  private HttpResponse failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StatusRuntimeException status) {
      return Json.problem(problems.apply(status));
    }
    throw new CompletionException(cause);
  }
}
