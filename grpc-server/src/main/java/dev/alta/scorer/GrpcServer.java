package dev.alta.scorer;

import dev.alta.core.life.Listen;
import dev.alta.scorer.admit.GrpcDoor;
import dev.alta.scorer.call.CallMeter;
import dev.alta.scorer.call.GrpcMeters;
import dev.alta.scorer.call.Gzip;
import dev.alta.scorer.call.PredictingMethods;
import dev.alta.scorer.call.ReadableMessages;
import dev.alta.scorer.call.UnderWay;
import dev.alta.scorer.limit.CallLimits;
import dev.alta.scorer.log.KeptFirst;
import dev.alta.scorer.log.PredictionLog;
import dev.alta.scorer.watch.TraceContext;
import io.grpc.BindableService;
import io.grpc.ForwardingServerBuilder;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Puts servers together: what every call passes through, and the limits of connections. */
final class GrpcServer {
  // More than a request may have, so that one a little too large gets an answer with words.
  private static final int LARGEST_READ = 16 << 20;
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

  private final ScorerSettings settings;
  private final GrpcDoor door;
  private final MeterRegistry metrics;
  private final Optional<PredictionLog> log;
  private final UnderWay underWay;
  private final CallLimits limits;

  GrpcServer(
      ScorerSettings settings,
      GrpcDoor door,
      MeterRegistry metrics,
      Optional<PredictionLog> log,
      UnderWay underWay,
      RowThreads threads) {
    this.settings = settings;
    this.door = door;
    this.metrics = metrics;
    this.log = log;
    this.underWay = underWay;
    this.limits = new CallLimits(PredictingMethods.all(), threads::isFull, metrics);
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
    return calls(builder, services, health, List.of(door))
        .maxInboundMessageSize(LARGEST_READ)
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

  private <B extends ForwardingServerBuilder<B>> B calls(
      B builder,
      List<? extends BindableService> services,
      BindableService health,
      List<ServerInterceptor> doors) {
    log.filter(PredictionLog::isRequired)
        .ifPresent(
            required -> builder.intercept(new KeptFirst(required, PredictingMethods::contains)));
    services.forEach(service -> builder.addService(ReadableMessages.only(service)));
    builder
        // A prediction takes microseconds and never waits; handing it to another thread takes
        // longer.
        .directExecutor()
        .addStreamTracerFactory(limits.tracers())
        .addStreamTracerFactory(new GrpcMeters(metrics))
        // The last one sees a call first.
        .intercept(limits.interceptor());
    doors.forEach(builder::intercept);
    return builder
        .intercept(new CallMeter(metrics))
        .intercept(new Gzip())
        .intercept(underWay)
        .intercept(new TraceContext())
        .addService(health);
  }
}
