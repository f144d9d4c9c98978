package dev.alta.gateway.request;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Gives each request an id: that in its header {@code X-Request-Id} if there is a proper one, else
 * a new one. It comes back in the same header, stands in the access log, and is the id of a
 * prediction whose body brings none: so a call that is tried again is one prediction, not two.
 */
public final class RequestIds extends SimpleDecoratingHttpService {
  /** The header. */
  public static final AsciiString HEADER = AsciiString.cached("x-request-id");

  private static final AttributeKey<String> ID = AttributeKey.valueOf(RequestIds.class, "ID");
  // Nothing else gets into a log.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  public RequestIds(HttpService delegate) {
    super(delegate);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    String given = request.headers().get(HEADER);
    String id = given != null && FORM.matcher(given).matches() ? given : made();
    ctx.setAttr(ID, id);
    ctx.mutateAdditionalResponseHeaders(headers -> headers.set(HEADER, id));
    return unwrap().serve(ctx, request);
  }

  /** The id of a request that has come through here; empty for any other. */
  public static String of(ServiceRequestContext ctx) {
    String id = ctx.attr(ID);
    return id == null ? "" : id;
  }

  /** Unique, but no secret: cheap random numbers will do. */
  private static String made() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
