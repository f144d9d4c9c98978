package dev.alta.gateway;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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

  /** What is counted together. */
  private record Kind(String path, HttpMethod method, HttpStatus status) {}

  private final MeterRegistry metrics;
  // Looking a timer up by its tags takes longer than all else that is done here.
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

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
    Kind kind = new Kind(ctx.config().route().patternString(), ctx.method(), log.responseStatus());
    Timer known = timers.get(kind);
    (known != null ? known : timers.computeIfAbsent(kind, this::timer))
        .record(log.totalDurationNanos(), TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("gateway.latency")
        .description("Time from a request's first byte to its answer's last")
        .tag("path", kind.path())
        .tag("method", kind.method().name())
        .tag("status", kind.status().codeAsText())
        .serviceLevelObjectives(BUCKETS)
        .register(metrics);
  }
}
