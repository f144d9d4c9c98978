package dev.alta.gateway;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Counts and times requests: {@code gateway_latency_seconds} with the labels path, method and
 * status. The path is the route's, so that what callers make up does not become series.
 */
final class RequestMeter extends SimpleDecoratingHttpService {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry metrics;

  private RequestMeter(HttpService delegate, MeterRegistry metrics) {
    super(delegate);
    this.metrics = metrics;
  }

  static Function<? super HttpService, RequestMeter> newDecorator(MeterRegistry metrics) {
    return service -> new RequestMeter(service, metrics);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    CompletableFuture<Void> unused = ctx.log().whenComplete().thenAccept(log -> record(ctx, log));
    return unwrap().serve(ctx, request);
  }

  private void record(ServiceRequestContext ctx, RequestLog log) {
    Timer.builder("gateway.latency")
        .description("Time from a request's first byte to its answer's last")
        .tag("path", ctx.config().route().patternString())
        .tag("method", ctx.method().name())
        .tag("status", log.responseStatus().codeAsText())
        .serviceLevelObjectives(BUCKETS)
        .register(metrics)
        .record(Duration.ofNanos(log.totalDurationNanos()));
  }
}
