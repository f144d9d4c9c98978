package dev.alta.scorer.call;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Counts and times the requests of one method, however they end: {@code predict_requests_total} by
 * method and status, {@code predict_latency_seconds} by method. Safe for several threads.
 */
public final class RequestMeters {
  private static final Duration[] BUCKETS =
      Stream.of(
              50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000,
              500_000, 1_000_000, 2_000_000, 5_000_000)
          .map(micros -> Duration.of(micros, ChronoUnit.MICROS))
          .toArray(Duration[]::new);

  private final MeterRegistry metrics;
  private final String method;
  private final Timer latency;
  private final Map<Status.Code, Counter> requests = new ConcurrentHashMap<>();

  /** The meters of a method; the same ones wherever they are made for the same registry. */
  public RequestMeters(MeterRegistry metrics, String method) {
    this.metrics = metrics;
    this.method = method;
    this.latency =
        Timer.builder("predict.latency")
            .description("From a request's arrival to its answer")
            .tag("method", method)
            .serviceLevelObjectives(BUCKETS)
            .register(metrics);
    // There from the start, so that a rate is 0 and not unknown before the first request.
    requests(Status.Code.OK);
  }

  /** A request has ended, so many nanoseconds after it came. */
  public void ended(Status.Code status, long nanos) {
    latency.record(nanos, TimeUnit.NANOSECONDS);
    requests(status).increment();
  }

  private Counter requests(Status.Code status) {
    Counter known = requests.get(status);
    return known != null
        ? known
        : requests.computeIfAbsent(
            status,
            code -> metrics.counter("predict.requests", "method", method, "status", code.name()));
  }
}
