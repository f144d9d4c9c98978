package dev.alta.gateway;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.gateway.call.Calls;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.call.WholeBody;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.ProblemForm;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error that no service answered itself as a problem, in words for the caller. */
final class ProblemPages implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemPages.class);
  // Of what is no call; calls say for themselves what they take.
  private static final String ALLOWED = "GET, HEAD";

  private final Calls calls;

  ProblemPages(Calls calls) {
    this.calls = calls;
  }

  /** Logs what nobody expected; null leaves the answer to {@link #renderStatus}. */
  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    if (cause instanceof RequestTimeoutException && WholeBody.isReading(ctx)) {
      return Responses.problem(
          problem(HttpStatus.REQUEST_TIMEOUT, "too-slow", "the body did not come in time"),
          ctx.path(),
          Map.of());
    }
    boolean expected =
        cause instanceof HttpStatusException
            || cause instanceof HttpResponseException
            || cause instanceof ContentTooLargeException
            || cause instanceof RequestTimeoutException;
    if (!expected && !ctx.isCancelled()) {
      log.error("{} {} failed", ctx.method(), ctx.config().route().patternString(), cause);
    }
    return null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders request,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String path = request == null ? "" : request.path();
    Map<String, String> more =
        status.equals(HttpStatus.METHOD_NOT_ALLOWED) ? Map.of("allow", ALLOWED) : Map.of();
    Problem problem = problem(status, path, config.maxRequestLength());
    // Of a path that cannot be read, nobody knows which form its caller reads: that with all.
    String json = request == null ? ProblemForm.withError(problem) : ProblemForm.of(problem, path);
    return AggregatedHttpResponse.of(Responses.headers(status, more), HttpData.ofUtf8(json));
  }

  private Problem problem(HttpStatus status, String path, long longestBody) {
    return switch (status.code()) {
      case 404 -> problem(status, "not-found", "there is nothing here; " + hint(path));
      case 405 ->
          problem(status, "method-not-allowed", "method: not allowed (expected: " + ALLOWED + ")");
      case 413 ->
          problem(status, "too-large", "a body may have at most " + (longestBody >> 20) + " MiB");
      case 503 -> problem(status, "unavailable", "no answer in time, or the gateway is stopping");
      default ->
          status.isServerError()
              ? problem(status, "failed", "the gateway failed; its log says why")
              : problem(status, "bad-request", "the request cannot be read");
    };
  }

  private String hint(String path) {
    int end = path.indexOf('?');
    return calls
        .nearest(end < 0 ? path : path.substring(0, end))
        .map(nearest -> "the nearest is " + nearest)
        .orElse("GET / says what there is");
  }

  private static Problem problem(HttpStatus status, String type, String detail) {
    return Problem.of(status.code(), type, status.reasonPhrase(), detail);
  }
}
