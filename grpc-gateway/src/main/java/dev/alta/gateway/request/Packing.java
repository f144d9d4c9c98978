package dev.alta.gateway.request;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.encoding.EncodingService;
import java.util.stream.Stream;

/**
 * Long texts compressed for callers who accept it. The others go past it: what compresses takes an
 * answer in pieces, which costs more than the answer to one prediction.
 */
public final class Packing extends SimpleDecoratingHttpService {
  // Less fits into one packet anyway.
  private static final int SMALLEST = 1_400;

  private final HttpService plain;
  private final HttpService packing;

  public Packing(HttpService delegate) {
    super(delegate);
    this.plain = delegate;
    this.packing =
        EncodingService.builder()
            .minBytesToForceChunkedEncoding(SMALLEST)
            .encodableContentTypes(Packing::isText)
            .build(delegate);
  }

  /** Armeria itself takes only JSON with a charset for text. */
  private static boolean isText(MediaType type) {
    return type.is(MediaType.ANY_TEXT_TYPE)
        || Stream.of("json", "xml", "javascript").anyMatch(type.subtype()::endsWith);
  }

  private HttpService way(RequestHeaders headers) {
    return headers.contains(HttpHeaderNames.ACCEPT_ENCODING) ? packing : plain;
  }

  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    return way(context.headers()).exchangeType(context);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    return way(request.headers()).serve(context, request);
  }
}
