package dev.alta.gateway.page;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.RouteBuilder;
import com.linecorp.armeria.server.ServerBuilder;

/** The files of the page. */
public final class Page {
  private static final String FOLDER = "dev/alta/gateway/page/";
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
    PageFiles files = new PageFiles(FOLDER);
    server.service(reading().pathPrefix("/page").build(), files);
    server.service(
        reading().path("/").build(),
        (ctx, request) ->
            request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html")
                ? files.answer(request, "index.html")
                : HttpResponse.of(HttpStatus.OK, MediaType.JSON, WHAT_IS_HERE));
  }

  private static RouteBuilder reading() {
    return Route.builder().methods(HttpMethod.GET, HttpMethod.HEAD);
  }
}
