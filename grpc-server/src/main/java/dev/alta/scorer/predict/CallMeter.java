package dev.alta.scorer.predict;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Counts and times the calls that predict, however they end: {@code predict_requests_total} by
 * method and status, {@code predict_latency_seconds} by method.
 */
public final class CallMeter implements ServerInterceptor {
  private static final Duration[] BUCKETS =
      Stream.of(
              50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000,
              500_000, 1_000_000, 2_000_000, 5_000_000)
          .map(micros -> Duration.of(micros, java.time.temporal.ChronoUnit.MICROS))
          .toArray(Duration[]::new);

  private final Map<String, Meters> byMethod;

  public CallMeter(MeterRegistry metrics) {
    this.byMethod =
        Map.of(
            "Predict", new Meters(metrics, "Predict"),
            "PredictBatch", new Meters(metrics, "PredictBatch"));
  }

  private static final class Meters {
    private final MeterRegistry metrics;
    private final String method;
    private final Timer latency;
    private final Map<Status.Code, Counter> requests = new ConcurrentHashMap<>();

    Meters(MeterRegistry metrics, String method) {
      this.metrics = metrics;
      this.method = method;
      this.latency =
          Timer.builder("predict.latency")
              .description("From a call's arrival to its answer")
              .tag("method", method)
              .serviceLevelObjectives(BUCKETS)
              .register(metrics);
      // There from the start, so that a rate is 0 and not unknown before the first call.
      requests(Status.Code.OK);
    }

    void ended(Status.Code status, long nanos) {
      latency.record(nanos, TimeUnit.NANOSECONDS);
      requests(status).increment();
    }

    private Counter requests(Status.Code status) {
      return requests.computeIfAbsent(
          status,
          code -> metrics.counter("predict.requests", "method", method, "status", code.name()));
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Meters meters = byMethod.get(String.valueOf(call.getMethodDescriptor().getBareMethodName()));
    if (meters == null) {
      return next.startCall(call, headers);
    }
    long start = System.nanoTime();
    return next.startCall(
        new SimpleForwardingServerCall<Q, A>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            meters.ended(status.getCode(), System.nanoTime() - start);
            super.close(status, trailers);
          }
        },
        headers);
  }
}
