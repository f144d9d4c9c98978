package dev.alta.gateway;

import com.linecorp.armeria.common.HttpResponse;
import dev.alta.gateway.call.Responses;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** What the scorer answered, as an answer of ours. */
final class Forwarded {
  private Forwarded() {}

  /** As JSON; a status of the scorer as a problem. */
  static <T> HttpResponse json(CompletableFuture<T> call, Function<T, byte[]> json) {
    return of(call, answer -> Responses.ok(json.apply(answer)));
  }

  static <T> HttpResponse of(CompletableFuture<T> call, Function<T, HttpResponse> response) {
    CompletableFuture<HttpResponse> answer =
        call.thenApply(response).exceptionally(Forwarded::failed);
    // Within the process it is there by now: then it is written without waiting for it once more.
    return answer.isDone() && !answer.isCompletedExceptionally()
        ? answer.join()
        : HttpResponse.of(answer);
  }

  private static HttpResponse failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StatusRuntimeException status) {
      return Responses.problem(ScorerProblem.of(status));
    }
    throw new CompletionException(cause);
  }
}
