package dev.alta.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Calls;
import dev.alta.gateway.call.OpenApi;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.call.Result;
import dev.alta.gateway.docs.Docs;
import dev.alta.gateway.json.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The calls that tell what calls there are, for programs and for people. */
final class DescriptionCalls {
  private static final String GROUP = "Service";

  private final Function<HttpRequest, HttpResponse> page;
  // Made once all calls are known, these included.
  private byte[] openApi = {};
  private String here = "";

  private DescriptionCalls(Function<HttpRequest, HttpResponse> page) {
    this.page = page;
  }

  /**
   * All calls, with those that describe them.
   *
   * @param page what browsers get at the root
   */
  static Calls describe(List<Call> described, Function<HttpRequest, HttpResponse> page) {
    DescriptionCalls own = new DescriptionCalls(page);
    List<Call> all = new ArrayList<>(described);
    all.addAll(List.of(own.openApi(), docs(), own.root()));
    Calls calls = new Calls(all);
    own.openApi = OpenApi.of(all);
    own.here = calls.whatIsHere();
    return calls;
  }

  private Call openApi() {
    return Call.get(
        "/openapi.json",
        Operation.of("openApi", GROUP, "Every call, described as OpenAPI 3.1.")
            .answers("The description.", Schema.anyObject()),
        asked -> Responses.ok(openApi));
  }

  private static Call docs() {
    return Call.get(
        "/docs",
        Operation.of("docs", GROUP, "Every call, to read and to try.")
            .answers(Result.text("A page.", MediaType.HTML_UTF_8)),
        asked -> Docs.page());
  }

  private Call root() {
    return Call.get(
        "/",
        Operation.of("root", GROUP, "What is here; or the page, for browsers.")
            .answers("What is here.", Schema.anyObject())
            .answers(Result.text("The page.", MediaType.HTML_UTF_8)),
        asked -> {
          boolean browser =
              asked
                  .context()
                  .request()
                  .headers()
                  .get(HttpHeaderNames.ACCEPT, "")
                  .contains("text/html");
          return browser ? page.apply(asked.context().request()) : Responses.ok(here);
        });
  }
}
