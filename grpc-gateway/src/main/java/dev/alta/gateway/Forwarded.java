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
    return Responses.of(call.thenApply(response).exceptionally(Forwarded::failed));
  }

  private static HttpResponse failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StatusRuntimeException status) {
      return Responses.problem(ScorerProblem.of(status));
    }
    throw new CompletionException(cause);
  }
}
