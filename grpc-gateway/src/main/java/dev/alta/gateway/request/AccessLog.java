package dev.alta.gateway.request;

import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each request: method, path, status, milliseconds, bytes of the answer, request id. The
 * path is the route's, as in the metrics: what callers put into a path, a query or a body may be
 * about a patient and is not logged.
 */
public final class AccessLog implements AccessLogWriter {
  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

  @Override
  public void log(RequestLog request) {
    ServiceRequestContext ctx = (ServiceRequestContext) request.context();
    log.info(
        "{} {} {} {} ms {} bytes {}",
        ctx.method(),
        ctx.config().route().patternString(),
        request.responseStatus().code(),
        String.format(Locale.ROOT, "%.1f", request.totalDurationNanos() / 1e6),
        request.responseLength(),
        RequestIds.of(ctx));
  }
}
