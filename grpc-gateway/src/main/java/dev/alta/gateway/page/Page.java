package dev.alta.gateway.page;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.file.HttpFile;
import java.util.List;

/** The files of the page. */
public final class Page {
  private static final String FOLDER = "dev/alta/gateway/page/";
  private static final List<String> FILES =
      List.of("page.css", "page.js", "form.js", "fill.js", "result.js", "icon.svg");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final HttpHeaders HEADERS = headers();
  private static final String WHAT_IS_HERE =
      """
      {
        "service": "alta",
        "purpose": "how likely a patient is to come back after discharge",
        "here": {
          "POST /predict": "predicts for one encounter; the body is described by /schema",
          "POST /load_model": "loads a model version or what an alias points to",
          "GET /model-info": "the model that answers now",
          "GET /schema": "JSON Schema of an encounter",
          "GET /health": "whether this process serves",
          "GET /ready": "whether predictions can be had",
          "GET /metrics": "Prometheus metrics",
          "GET /docs": "every call, to read and to try",
          "GET /": "this, or the page for a browser"
        }
      }
      """;

  private Page() {}

  /** Adds the page's files; at the root itself, programs get a list of what is here. */
  public static void addTo(ServerBuilder server) {
    for (String name : FILES) {
      server.service(get("/" + name), file(name));
    }
    HttpService index = file("index.html");
    server.service(
        get("/"),
        (ctx, request) ->
            request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html")
                ? index.serve(ctx, request)
                : HttpResponse.of(HttpStatus.OK, MediaType.JSON, WHAT_IS_HERE));
  }

  private static Route get(String path) {
    return Route.builder().path(path).methods(HttpMethod.GET, HttpMethod.HEAD).build();
  }

  private static HttpService file(String name) {
    return HttpFile.builder(Page.class.getClassLoader(), FOLDER + name)
        .setHeaders(HEADERS)
        .build()
        .asService();
  }

  private static HttpHeaders headers() {
    HttpHeadersBuilder headers = HttpHeaders.builder();
    headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
    headers.set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    headers.set(HttpHeaderNames.REFERRER_POLICY, "no-referrer");
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    // The root answers browsers and programs differently.
    headers.set(HttpHeaderNames.VARY, "accept");
    return headers.build();
  }
}
