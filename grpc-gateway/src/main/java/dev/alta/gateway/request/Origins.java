package dev.alta.gateway.request;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.cors.CorsService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Lets pages of other origins call, as named: what browsers know as CORS. */
public final class Origins {
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private Origins() {}

  /**
   * Makes sure that each is an origin.
   *
   * @throws IllegalArgumentException naming the first that is none
   */
  public static void require(List<String> origins) {
    for (String origin : origins) {
      if (!isOrigin(origin)) {
        throw new IllegalArgumentException(
            "cors-origin: " + origin + " (expected: an origin such as https://page.example)");
      }
    }
  }

  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** Answers for these origins what browsers ask before they call. */
  public static Function<? super HttpService, CorsService> allow(List<String> origins) {
    return CorsService.builder(origins)
        .allowRequestMethods(HttpMethod.GET, HttpMethod.POST)
        .allowRequestHeaders(
            HttpHeaderNames.CONTENT_TYPE,
            HttpHeaderNames.AUTHORIZATION,
            RequestIds.HEADER,
            "traceparent",
            "tracestate",
            "grpc-timeout",
            "inference-header-content-length")
        .exposeHeaders(
            RequestIds.HEADER, HttpHeaderNames.RETRY_AFTER, "inference-header-content-length")
        .maxAge(REMEMBERED)
        .newDecorator();
  }
}
