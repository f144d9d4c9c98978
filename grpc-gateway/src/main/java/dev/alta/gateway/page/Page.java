package dev.alta.gateway.page;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;

/** The files of the page. */
public final class Page {
  private static final String FOLDER = "dev/alta/gateway/page/";

  private final PageFiles files = new PageFiles(FOLDER);

  /** Adds the page's files, all but the one at the root. */
  public void addTo(ServerBuilder server) {
    server.service(
        Route.builder().methods(HttpMethod.GET, HttpMethod.HEAD).pathPrefix("/page").build(),
        files);
  }

  /** What browsers get at the root. */
  public HttpResponse index(HttpRequest request) {
    return files.answer(request, "index.html");
  }
}
