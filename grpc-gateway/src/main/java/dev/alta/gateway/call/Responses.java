package dev.alta.gateway.call;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.ProblemForm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** JSON texts as HTTP responses. */
public final class Responses {
  /** Of every answer that says what went wrong. */
  public static final MediaType PROBLEM = MediaType.parse("application/problem+json");

  private static final ResponseHeaders OK =
      ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.JSON);

  private Responses() {}

  /** 200 with JSON; the bytes are not to be changed afterwards. */
  public static HttpResponse ok(byte[] json) {
    return HttpResponse.of(OK, HttpData.wrap(json));
  }

  /** The same with text. */
  public static HttpResponse ok(String json) {
    return ok(json.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpResponse problem(Problem problem) {
    return HttpResponse.of(
        headers(HttpStatus.valueOf(problem.status()), Map.of()), HttpData.ofUtf8(problem.json()));
  }

  /** With further headers, in the form that callers of a path read. */
  public static HttpResponse problem(Problem problem, String path, Map<String, String> more) {
    return HttpResponse.of(
        headers(HttpStatus.valueOf(problem.status()), more),
        HttpData.ofUtf8(ProblemForm.of(problem, path)));
  }

  /** One that may come later. */
  public static HttpResponse of(CompletableFuture<HttpResponse> answer) {
    // Within the process it is there by now: then it is written without waiting for it once more.
    return answer.isDone() && !answer.isCompletedExceptionally()
        ? answer.join()
        : HttpResponse.of(answer);
  }

  static boolean saysWhenToTryAgain(HttpStatus status) {
    return status.equals(HttpStatus.TOO_MANY_REQUESTS)
        || status.equals(HttpStatus.SERVICE_UNAVAILABLE);
  }

  /** The headers of a problem; a caller who is to try again is told when. */
  public static ResponseHeaders headers(HttpStatus status, Map<String, String> more) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(status).contentType(PROBLEM);
    if (saysWhenToTryAgain(status)) {
      headers.set(HttpHeaderNames.RETRY_AFTER, "1");
    }
    more.forEach(headers::set);
    return headers.build();
  }
}
