package dev.alta.gateway.call;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.CompositeException;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.core.contract.Violation;
import dev.alta.gateway.json.Problem;
import io.netty.handler.codec.compression.DecompressionException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The calls of one path: checks what is common to all, then hands over. */
final class CallService implements HttpService {
  private static final byte[] NOTHING = {};
  private static final MediaType BYTES = MediaType.OCTET_STREAM;

  private final Map<HttpMethod, Call> calls = new EnumMap<>(HttpMethod.class);
  private final String allowed;
  private final WholeBody bodies;

  /** Takes the calls of one path. */
  CallService(List<Call> ofPath, WholeBody bodies) {
    ofPath.forEach(call -> calls.put(call.method(), call));
    this.bodies = bodies;
    Call reading = calls.get(HttpMethod.GET);
    if (reading != null) {
      calls.put(HttpMethod.HEAD, reading);
    }
    this.allowed =
        String.join(", ", calls.keySet().stream().map(HttpMethod::name).sorted().toList());
  }

  /** Answers come as a whole, which Armeria then writes at once; bodies may come slowly. */
  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    return ExchangeType.REQUEST_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    Call call = calls.get(request.method());
    if (call == null) {
      return otherMethod(context);
    }
    Operation operation = call.operation();
    Optional<Problem> refused = refused(operation, request.headers());
    if (refused.isPresent()) {
      return problem(context, refused.get());
    }
    QueryParams query =
        context.query() == null ? QueryParams.of() : QueryParams.fromQueryString(context.query());
    List<Violation> violations = ParameterCheck.check(operation, context, query);
    if (!violations.isEmpty()) {
      return problem(context, Problem.ofParameters(violations));
    }
    return operation.body().isPresent()
        ? read(call, context, query, request)
        : call.handler().answer(new Asked(context, query, NOTHING));
  }

  private HttpResponse read(
      Call call, ServiceRequestContext context, QueryParams query, HttpRequest request) {
    return HttpResponse.of(
        bodies
            .read(
                context,
                request,
                whole -> call.handler().answer(new Asked(context, query, whole.content().array())))
            .exceptionally(failure -> unread(context, failure)));
  }

  private static HttpResponse unread(ServiceRequestContext context, Throwable failure) {
    Throwable within = failure.getCause();
    Throwable cause = failure instanceof CompletionException && within != null ? within : failure;
    if (isUndecodable(cause)) {
      return problem(
          context, Problem.malformed("the body is not gzip, though Content-Encoding says so"));
    }
    throw cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }

  private static boolean isUndecodable(Throwable cause) {
    return cause instanceof DecompressionException
        || (cause instanceof CompositeException several
            && several.getExceptions().stream().anyMatch(CallService::isUndecodable));
  }

  private HttpResponse otherMethod(ServiceRequestContext context) {
    HttpMethod method = context.method();
    if (method == HttpMethod.OPTIONS) {
      return HttpResponse.of(
          ResponseHeaders.of(HttpStatus.NO_CONTENT, HttpHeaderNames.ALLOW, allowed));
    }
    return Responses.problem(
        Problem.of(
            405,
            "method-not-allowed",
            "Method Not Allowed",
            "method: " + method + " (expected: " + allowed + ")"),
        context.path(),
        Map.of("allow", allowed));
  }

  private static HttpResponse problem(ServiceRequestContext context, Problem problem) {
    return Responses.problem(problem, context.path(), Map.of());
  }

  private static Optional<Problem> refused(Operation operation, RequestHeaders headers) {
    if (!Accepts.any(headers, operation.results())) {
      return Optional.of(notAcceptable(operation, headers));
    }
    return operation.body().flatMap(body -> notReadable(body, headers));
  }

  private static Problem notAcceptable(Operation operation, RequestHeaders headers) {
    List<String> types =
        operation.results().stream()
            .map(result -> result.type().withoutParameters().toString())
            .toList();
    return Problem.of(
        406,
        "not-acceptable",
        "Not Acceptable",
        "Accept: "
            + headers.get(HttpHeaderNames.ACCEPT)
            + " (expected: "
            + String.join(" or ", types)
            + ")");
  }

  /** A body without a type is taken at its word; curl, for one, always sends a type. */
  private static Optional<Problem> notReadable(RequestBody body, RequestHeaders headers) {
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    if (!coding.equals("identity")) {
      return Optional.of(unsupported("Content-Encoding: " + coding + " (expected: none, or gzip)"));
    }
    MediaType type = headers.contentType();
    boolean said = headers.contains(HttpHeaderNames.CONTENT_TYPE);
    if (!said || (type != null && (isJson(type) || (body.orBytes() && type.is(BYTES))))) {
      return Optional.empty();
    }
    return Optional.of(
        unsupported(
            "Content-Type: "
                + headers.get(HttpHeaderNames.CONTENT_TYPE)
                + " (expected: application/json"
                + (body.orBytes() ? " or " + BYTES : "")
                + ")"));
  }

  private static boolean isJson(MediaType type) {
    List<String> charset = type.parameters().getOrDefault("charset", List.of());
    return type.type().equals("application")
        && type.subtype().equals("json")
        && charset.stream().allMatch(name -> name.equalsIgnoreCase("utf-8"));
  }

  private static Problem unsupported(String detail) {
    return Problem.of(415, "unsupported-media-type", "Unsupported Media Type", detail);
  }
}
