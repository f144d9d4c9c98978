package dev.alta.gateway;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.gateway.json.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error that no service answered itself as a problem, in words for the caller. */
final class ProblemPages implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemPages.class);

  /** Logs what nobody expected; null leaves the answer to {@link #renderStatus}. */
  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
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
    String body = problem(status).json();
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(status, HttpHeaderNames.CONTENT_TYPE, Responses.PROBLEM),
        HttpData.ofUtf8(body));
  }

  private static Problem problem(HttpStatus status) {
    return switch (status.code()) {
      case 404 -> problem(status, "not-found", "there is nothing here; GET / says what there is");
      case 405 -> problem(status, "method-not-allowed", "this address takes another method");
      case 413 -> problem(status, "too-large", "a body may have at most 1 MiB");
      case 503 -> problem(status, "unavailable", "no answer in time, or the gateway is stopping");
      default ->
          status.isServerError()
              ? problem(status, "failed", "the gateway failed; its log says why")
              : problem(status, "bad-request", "the request cannot be read");
    };
  }

  private static Problem problem(HttpStatus status, String type, String detail) {
    return Problem.of(status.code(), type, status.reasonPhrase(), detail);
  }
}
