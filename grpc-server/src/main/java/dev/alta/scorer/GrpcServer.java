package dev.alta.scorer;

import dev.alta.core.life.Listen;
import dev.alta.scorer.admit.GrpcDoor;
import dev.alta.scorer.call.CallMeter;
import dev.alta.scorer.call.GrpcMeters;
import dev.alta.scorer.call.Gzip;
import dev.alta.scorer.call.PredictingMethods;
import dev.alta.scorer.call.ReadableMessages;
import dev.alta.scorer.call.StraightCalls;
import dev.alta.scorer.limit.CallLimits;
import dev.alta.scorer.limit.ConnectionThreads;
import dev.alta.scorer.limit.OpenCalls;
import dev.alta.scorer.log.KeptFirst;
import dev.alta.scorer.log.PredictionLog;
import dev.alta.scorer.watch.TraceContext;
import io.grpc.BindableService;
import io.grpc.ForwardingServerBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Puts servers together: what every call passes through, and the limits of connections. */
final class GrpcServer {
  // More than a request may have, so that one a little too large gets an answer with words.
  private static final int LARGEST_READ = 16 << 20;
  private static final int LARGEST_HEADERS = 8 << 10;
  // More than are let in of one method, whoever asks; each takes some three kilobytes.
  private static final int MOST_CALLS_OF_A_CONNECTION = 5_000;
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

  private final ScorerSettings settings;
  private final GrpcDoor door;
  private final Optional<PredictionLog> log;
  private final OpenCalls openCalls;
  private final CallMeter callMeter;
  private final GrpcMeters grpcMeters;
  private final CallLimits limits;
  private final ConnectionThreads connections;

  GrpcServer(
      ScorerSettings settings,
      GrpcDoor door,
      MeterRegistry metrics,
      Optional<PredictionLog> log,
      OpenCalls openCalls,
      RowThreads threads,
      ConnectionThreads connections) {
    this.settings = settings;
    this.door = door;
    this.log = log;
    this.openCalls = openCalls;
    this.connections = connections;
    this.callMeter = new CallMeter(metrics);
    this.grpcMeters = new GrpcMeters(metrics);
    PredictingMethods.all().forEach(method -> grpcMeters.expect(method.getFullMethodName()));
    this.limits =
        new CallLimits(
            PredictingMethods.all(),
            threads::isFull,
            PredictingMethods.ON_CONNECTIONS,
            this::refused,
            metrics);
  }

  private void refused(String method) {
    callMeter.refused(method);
    grpcMeters.refused(method);
  }

  /**
   * Makes the server that listens; it does not yet.
   *
   * @param services whose requests people may have written wrongly, told so in words
   */
  Server listening(List<? extends BindableService> services, BindableService health) {
    Listen listen = settings.grpc();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(listen.address(), door.credentials());
    if (listen.isLoopback() || settings.reflection()) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    connections.serve(builder, limits);
    return calls(builder, services, health, List.of(door))
        .addTransportFilter(OpenCalls.ofConnections())
        .maxInboundMessageSize(LARGEST_READ)
        .maxInboundMetadataSize(LARGEST_HEADERS)
        .maxConcurrentCallsPerConnection(MOST_CALLS_OF_A_CONNECTION)
        // All at once, if their deadlines have passed; but not time and again.
        .maxRstFramesPerWindow(2 * MOST_CALLS_OF_A_CONNECTION, 1)
        // Finds clients that are gone without a word, and lets clients find that out of the scorer.
        .keepAliveTime(settings.longestSilence().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(settings.longestSilence().toMillis() / 3, TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(SHORTEST_SILENCE.toSeconds(), TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .build();
  }

  /** Makes the server that answers in this process only, and asks nobody who they are. */
  Server inProcess(String name, List<? extends BindableService> services, BindableService health) {
    return calls(InProcessServerBuilder.forName(name), services, health, List.of()).build();
  }

  /**
   * Calls of a method that do not leave the process, nor the thread.
   *
   * @param service that has it
   */
  StraightCalls straight(MethodDescriptor<?, ?> method, BindableService service) {
    return new StraightCalls(
        method, ReadableMessages.only(service), interceptors(List.of()), tracers());
  }

  private <B extends ForwardingServerBuilder<B>> B calls(
      B builder,
      List<? extends BindableService> services,
      BindableService health,
      List<ServerInterceptor> doors) {
    services.forEach(service -> builder.addService(ReadableMessages.only(service)));
    tracers().forEach(builder::addStreamTracerFactory);
    interceptors(doors).forEach(builder::intercept);
    return builder
        // A prediction takes microseconds and never waits; handing it to another thread takes
        // longer.
        .directExecutor()
        .addService(health);
  }

  private List<ServerStreamTracer.Factory> tracers() {
    return List.of(limits.tracers(), grpcMeters);
  }

  /** The last one sees a call first. */
  private List<ServerInterceptor> interceptors(List<ServerInterceptor> doors) {
    List<ServerInterceptor> interceptors = new ArrayList<>();
    log.filter(PredictionLog::isRequired)
        .ifPresent(
            required -> interceptors.add(new KeptFirst(required, PredictingMethods::contains)));
    interceptors.add(limits.interceptor());
    interceptors.addAll(doors);
    interceptors.addAll(List.of(callMeter, new Gzip(), openCalls, new TraceContext()));
    return interceptors;
  }
}
