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
import dev.alta.gateway.oip.InferenceApi;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error that no service answered itself as a problem, in words for the caller. */
final class ProblemPages implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemPages.class);
  private final Calls calls;
  private final long largestBody;

  ProblemPages(Calls calls, long largestBody) {
    this.calls = calls;
    this.largestBody = largestBody;
  }

  /** Logs what nobody expected; null leaves the answer to {@link #renderStatus}. */
  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    if (cause instanceof RequestTimeoutException && WholeBody.isReading(ctx)) {
      return Responses.problem(
          problem(HttpStatus.REQUEST_TIMEOUT, "too-slow", "the body did not come in time"));
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
        status.equals(HttpStatus.METHOD_NOT_ALLOWED) ? Map.of("allow", allowed(path)) : Map.of();
    return AggregatedHttpResponse.of(
        Responses.headers(status, more),
        HttpData.ofUtf8(ProblemForm.of(problem(status, path), path)));
  }

  private Problem problem(HttpStatus status, String path) {
    return switch (status.code()) {
      case 404 -> problem(status, "not-found", "there is nothing here; " + hint(path));
      case 405 ->
          problem(
              status,
              "method-not-allowed",
              "method: not allowed (expected: " + allowed(path) + ")");
      case 413 ->
          problem(status, "too-large", "a body may have at most " + (largestBody >> 20) + " MiB");
      case 503 -> problem(status, "unavailable", "no answer in time, or the gateway is stopping");
      default ->
          status.isServerError()
              ? problem(status, "failed", "the gateway failed; its log says why")
              : problem(status, "bad-request", "the request cannot be read");
    };
  }

  /** The calls say for themselves what they take; what is left are files and another protocol. */
  private static String allowed(String path) {
    return InferenceApi.takesPost(path) ? "POST" : "GET, HEAD";
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
