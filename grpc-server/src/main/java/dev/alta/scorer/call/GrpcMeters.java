package dev.alta.scorer.call;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * The metrics that every gRPC server has, by the names and buckets that gRPC gives them (proposal
 * A66): calls started by method, duration and sizes by method and status. A method that there is
 * not counts as {@code other}, so that a caller cannot make up names.
 */
public final class GrpcMeters extends ServerStreamTracer.Factory {
  private static final String PREFIX = "grpc.server.call.";
  private static final String OTHER = "other";

  private static final Duration[] DURATIONS =
      LongStream.of(
              10,
              50,
              100,
              300,
              600,
              800,
              1_000,
              2_000,
              3_000,
              4_000,
              5_000,
              6_000,
              8_000,
              10_000,
              13_000,
              16_000,
              20_000,
              25_000,
              30_000,
              40_000,
              50_000,
              65_000,
              80_000,
              100_000,
              130_000,
              160_000,
              200_000,
              250_000,
              300_000,
              400_000,
              500_000,
              650_000,
              800_000,
              1_000_000,
              2_000_000,
              5_000_000,
              10_000_000,
              20_000_000,
              50_000_000,
              100_000_000)
          .mapToObj(micros -> Duration.ofNanos(1_000 * micros))
          .toArray(Duration[]::new);
  private static final double[] SIZES =
      LongStream.of(10, 11, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32)
          .mapToDouble(power -> 1L << power)
          .toArray();

  private final MeterRegistry metrics;
  private final Map<String, OfMethod> methods = new ConcurrentHashMap<>();

  public GrpcMeters(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return new Call(System.nanoTime());
  }

  /** Makes the meters of a method that answers, by its full name, before its first call does. */
  public void expect(String method) {
    OfStatus unused = method(method).status(Status.Code.OK);
  }

  /** A call of a method, by its full name, was refused before gRPC knew of it. */
  public void refused(String method) {
    OfMethod meters = method(method);
    meters.started.increment();
    meters.status(Status.Code.RESOURCE_EXHAUSTED).ended(0, 0, 0);
  }

  private OfMethod method(String name) {
    return methods.computeIfAbsent(name, OfMethod::new);
  }

  private final class Call extends ServerStreamTracer {
    private final long start;
    // Counted by the threads that read and write.
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile String method = OTHER;

    Call(long start) {
      this.start = start;
    }

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
      // Said of methods only that there are.
      method = call.getMethodDescriptor().getFullMethodName();
      method(method).started.increment();
    }

    @Override
    public void inboundWireSize(long bytes) {
      received.addAndGet(bytes);
    }

    @Override
    public void outboundWireSize(long bytes) {
      sent.addAndGet(bytes);
    }

    @Override
    public void streamClosed(Status status) {
      method(method)
          .status(status.getCode())
          .ended(System.nanoTime() - start, sent.get(), received.get());
    }
  }

  private final class OfMethod {
    private final String name;
    private final Counter started;
    private final Map<Status.Code, OfStatus> statuses = new ConcurrentHashMap<>();

    OfMethod(String name) {
      this.name = name;
      this.started = metrics.counter(PREFIX + "started", "grpc.method", name);
    }

    OfStatus status(Status.Code status) {
      OfStatus known = statuses.get(status);
      return known != null
          ? known
          : statuses.computeIfAbsent(status, code -> new OfStatus(metrics, name, code));
    }
  }

  private static final class OfStatus {
    private final Timer duration;
    private final DistributionSummary sent;
    private final DistributionSummary received;

    OfStatus(MeterRegistry metrics, String method, Status.Code status) {
      this.duration =
          Timer.builder(PREFIX + "duration")
              .description("Time taken to complete a call from the server's point of view")
              .tags("grpc.method", method, "grpc.status", status.name())
              .serviceLevelObjectives(DURATIONS)
              .register(metrics);
      this.sent = sizes(metrics, "sent", method, status);
      this.received = sizes(metrics, "rcvd", method, status);
    }

    private static DistributionSummary sizes(
        MeterRegistry metrics, String which, String method, Status.Code status) {
      return DistributionSummary.builder(PREFIX + which + "_total_compressed_message_size")
          .description("Compressed message bytes " + which + " per call")
          .baseUnit("bytes")
          .tags("grpc.method", method, "grpc.status", status.name())
          .serviceLevelObjectives(SIZES)
          .register(metrics);
    }

    void ended(long nanos, long sentBytes, long receivedBytes) {
      duration.record(nanos, TimeUnit.NANOSECONDS);
      sent.record((double) sentBytes);
      received.record((double) receivedBytes);
    }
  }
}
