package dev.alta.scorer;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.core.metrics.ProcessMetrics;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.limit.AwaitedCalls;
import dev.alta.scorer.limit.CallLimits;
import dev.alta.scorer.log.Answered;
import dev.alta.scorer.log.KeptFirst;
import dev.alta.scorer.log.LogSink;
import dev.alta.scorer.log.PredictionLog;
import dev.alta.scorer.predict.CallMeter;
import dev.alta.scorer.predict.ReadableMessages;
import dev.alta.scorer.predict.ReadmissionEndpoint;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.ModelSwap;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running scorer. */
public final class Scorer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scorer.class);
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  // More than a request may have, so that one a little too large gets an answer with words.
  private static final int LARGEST_READ = 16 << 20;
  private static final int MOST_WAITING_BATCHES = 32;
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);

  // Their answers are predictions.
  private static final Map<String, MethodDescriptor<?, ?>> PREDICTING =
      Stream.<MethodDescriptor<?, ?>>of(
              ReadmissionServiceGrpc.getPredictMethod(),
              ReadmissionServiceGrpc.getPredictBatchMethod())
          .collect(
              Collectors.toUnmodifiableMap(
                  MethodDescriptor::getFullMethodName, Function.identity()));

  private final Listen listen;
  private final MetricsServer metricsServer;
  private final HealthStatusManager health = new HealthStatusManager();
  private final ExecutorService batches = batchThreads();
  private final ModelMeters modelMeters;
  private final @Nullable PredictionLog predictionLog;
  private final ModelSwap swap;
  private final Server server;

  private Scorer(
      ScorerSettings settings,
      Supplier<Registry> registries,
      @Nullable PredictionLog predictionLog,
      PrometheusMeterRegistry metrics,
      MetricsServer metricsServer) {
    this.listen = settings.grpc();
    this.metricsServer = metricsServer;
    this.modelMeters = new ModelMeters(metrics);
    this.predictionLog = predictionLog;
    this.swap =
        new ModelSwap(
            CONTRACT,
            settings.alias(),
            registries,
            ReadmissionEndpoint.warming(CONTRACT),
            settings.watchEvery(),
            this::swapped,
            modelMeters::refused);
    this.server = server(endpoint(metrics), metrics);
  }

  /**
   * Starts a scorer. It listens from the first moment and answers UNAVAILABLE until the model that
   * the alias points to is loaded and warm; {@code grpc.health.v1} says when.
   *
   * @param registries opens the registry; asked again as long as it throws, so the store may come
   *     later
   * @param sink where predictions are kept, if the settings say how; null to keep none
   * @param metrics what the metrics port shows; the scorer adds its own
   * @throws dev.alta.core.life.CannotStartException if a port or the log's spool cannot be had
   */
  public static Scorer start(
      ScorerSettings settings,
      Supplier<Registry> registries,
      @Nullable LogSink sink,
      PrometheusMeterRegistry metrics) {
    new ProcessMetrics().bindTo(metrics);
    MetricsServer metricsServer = MetricsServer.start(settings.metrics(), metrics);
    PredictionLog log;
    try {
      log = log(settings, sink, metrics);
    } catch (RuntimeException failure) {
      metricsServer.close();
      throw failure;
    }
    Scorer scorer = new Scorer(settings, registries, log, metrics, metricsServer);
    try {
      scorer.start();
    } catch (RuntimeException failure) {
      scorer.close();
      throw failure;
    }
    return scorer;
  }

  private static @Nullable PredictionLog log(
      ScorerSettings settings, @Nullable LogSink sink, PrometheusMeterRegistry metrics) {
    return sink == null || settings.log().isEmpty()
        ? null
        : PredictionLog.open(settings.log().get(), sink, metrics, Clock.systemUTC());
  }

  private ReadmissionEndpoint endpoint(PrometheusMeterRegistry metrics) {
    Consumer<Answered> log = predictionLog == null ? answered -> {} : predictionLog::add;
    return ReadmissionEndpoint.of(
        new ReadmissionEndpoint.Parts(
            CONTRACT,
            swap,
            metrics,
            log,
            new AwaitedCalls(batches),
            Scorer::requestId,
            Clock.systemUTC()));
  }

  private Server server(ReadmissionEndpoint endpoint, PrometheusMeterRegistry metrics) {
    NettyServerBuilder builder = NettyServerBuilder.forAddress(listen.address());
    CallLimits limits = new CallLimits(PREDICTING.values(), metrics);
    if (predictionLog != null && predictionLog.isRequired()) {
      builder.intercept(new KeptFirst(predictionLog, PREDICTING::containsKey));
    }
    return builder
        // A prediction takes microseconds and never waits; handing it to another thread takes
        // longer.
        .directExecutor()
        .maxInboundMessageSize(LARGEST_READ)
        .addStreamTracerFactory(limits.tracers())
        // The last one sees a call first.
        .intercept(limits.interceptor())
        .intercept(new CallMeter(metrics))
        .addService(ReadableMessages.only(endpoint))
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance())
        .build();
  }

  private static ExecutorService batchThreads() {
    int threads = Runtime.getRuntime().availableProcessors();
    return new ThreadPoolExecutor(
        threads,
        threads,
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(MOST_WAITING_BATCHES),
        task -> {
          Thread batch = new Thread(task, "alta-batch");
          batch.setDaemon(true);
          return batch;
        });
  }

  /** Unique, but no secret: cheap random numbers will do. */
  private static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private void start() {
    setHealth(ServingStatus.NOT_SERVING);
    try {
      server.start();
    } catch (IOException refused) {
      throw listen.taken("gRPC", refused);
    }
    if (predictionLog != null) {
      predictionLog.start();
    }
    swap.start();
    log.info("scorer listens on {}:{}, metrics on port {}", listen.host(), port(), metricsPort());
  }

  private void swapped(LiveModel model) {
    modelMeters.swapped(model);
    setHealth(ServingStatus.SERVING);
  }

  private void setHealth(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(ReadmissionServiceGrpc.SERVICE_NAME, status);
  }

  /** The gRPC port, also where the settings left the choice to the system. */
  public int port() {
    return server.getPort();
  }

  public int metricsPort() {
    return metricsServer.port();
  }

  /**
   * Says NOT_SERVING, takes no new calls, finishes those under way, writes what waits for the
   * inference log. Takes eight seconds at most.
   */
  @Override
  public void close() {
    health.enterTerminalState();
    swap.close();
    stopServer();
    batches.shutdownNow();
    if (predictionLog != null) {
      predictionLog.close();
    }
    metricsServer.close();
    log.info("scorer stopped");
  }

  private void stopServer() {
    try {
      if (!server.shutdown().awaitTermination(LONGEST_DRAIN.toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("calls still under way after {} are cut off", LONGEST_DRAIN);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      server.shutdownNow();
    }
  }
}
