package dev.alta.gateway;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.json.Problem;

/** JSON texts as HTTP responses, and whether a request brings JSON. */
final class Responses {
  static final MediaType PROBLEM = MediaType.parse("application/problem+json");

  private Responses() {}

  static HttpResponse ok(String json) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, json);
  }

  static HttpResponse problem(Problem problem) {
    return HttpResponse.of(HttpStatus.valueOf(problem.status()), PROBLEM, problem.json());
  }

  /** A body without a type is taken at its word; curl, for one, always sends a type. */
  static boolean isJson(AggregatedHttpRequest request) {
    MediaType type = request.contentType();
    return type == null || type.is(MediaType.parse("application/json"));
  }

  static HttpResponse notJson() {
    return problem(
        Problem.of(
            415,
            "unsupported-media-type",
            "The body is not JSON",
            "expected the header Content-Type: application/json"));
  }
}
