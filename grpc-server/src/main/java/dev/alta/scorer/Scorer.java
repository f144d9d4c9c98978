package dev.alta.scorer;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.core.metrics.ProcessMetrics;
import dev.alta.model.registry.Registry;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.admit.Doorkeeper;
import dev.alta.scorer.call.CallMeter;
import dev.alta.scorer.call.Gzip;
import dev.alta.scorer.call.PredictingMethods;
import dev.alta.scorer.call.ReadableMessages;
import dev.alta.scorer.call.UnderWay;
import dev.alta.scorer.limit.AwaitedCalls;
import dev.alta.scorer.limit.CallLimits;
import dev.alta.scorer.log.Answered;
import dev.alta.scorer.log.KeptFirst;
import dev.alta.scorer.log.LogSink;
import dev.alta.scorer.log.PredictionLog;
import dev.alta.scorer.models.AdminEndpoint;
import dev.alta.scorer.models.Catalogue;
import dev.alta.scorer.oip.InferenceEndpoint;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Answering;
import dev.alta.scorer.predict.ReadmissionEndpoint;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.ModelSwap;
import dev.alta.scorer.watch.DriftWatch;
import dev.alta.scorer.watch.ModelProfiles;
import dev.alta.scorer.watch.TraceContext;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
  private static final Duration LOOK_AT_FILES = Duration.ofSeconds(5);
  private static final Duration GAP_OF_DRIFT = Duration.ofMillis(20);
  private static final Duration DRIFT_EVERY = Duration.ofSeconds(15);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

  private final Listen listen;
  private final MetricsServer metricsServer;
  private final Doorkeeper door;
  private final HealthStatusManager health = new HealthStatusManager();
  private final ExecutorService batches = batchThreads();
  private final ExecutorService others =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(), task -> daemon(task, "alta-rows"));
  private final ModelMeters modelMeters;
  private final @Nullable PredictionLog predictionLog;
  private final ModelSwap swap;
  private final DriftWatch drift;
  private final Catalogue catalogue;
  private final ReadmissionEndpoint readmission;
  private final UnderWay underWay = new UnderWay();
  private final Server server;

  private Scorer(
      ScorerSettings settings,
      Supplier<Registry> registries,
      @Nullable PredictionLog predictionLog,
      PrometheusMeterRegistry metrics,
      MetricsServer metricsServer,
      Doorkeeper door) {
    this.listen = settings.grpc();
    this.door = door;
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
            this::changed,
            modelMeters::refused);
    this.drift =
        new DriftWatch(
            CONTRACT,
            () -> swap.current().map(LiveModel::manifest),
            new ModelProfiles(registries),
            GAP_OF_DRIFT,
            metrics);
    this.catalogue = new Catalogue(swap, registries, Clock.systemUTC());
    Admission admission = new Admission(CONTRACT);
    Answering answering = answering(metrics);
    Executor awaited = new AwaitedCalls(batches);
    this.readmission =
        ReadmissionEndpoint.of(
            new ReadmissionEndpoint.Parts(
                CONTRACT, admission, answering, catalogue, metrics, awaited, others));
    this.server =
        server(
            InferenceEndpoint.of(
                new InferenceEndpoint.Parts(
                    CONTRACT, admission, answering, swap, catalogue, awaited)),
            metrics,
            ScorerSettings.isLoopback(listen) || settings.admit().reflection());
    Doorkeeper.requireRights(server.getImmutableServices());
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
    settings.requireProtected();
    Doorkeeper door = new Doorkeeper(settings.admit(), LOOK_AT_FILES);
    MetricsServer metricsServer = MetricsServer.start(settings.metrics(), metrics, door);
    PredictionLog log;
    try {
      log = log(settings, sink, metrics);
    } catch (RuntimeException failure) {
      metricsServer.close();
      door.close();
      throw failure;
    }
    Scorer scorer = new Scorer(settings, registries, log, metrics, metricsServer, door);
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

  private Server server(
      InferenceEndpoint inference, PrometheusMeterRegistry metrics, boolean reflects) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            listen.address(), door.credentials().orElseGet(InsecureServerCredentials::create));
    if (reflects) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    CallLimits limits = new CallLimits(PredictingMethods.all(), metrics);
    if (predictionLog != null && predictionLog.isRequired()) {
      builder.intercept(new KeptFirst(predictionLog, PredictingMethods::contains));
    }
    return builder
        // A prediction takes microseconds and never waits; handing it to another thread takes
        // longer.
        .directExecutor()
        .maxInboundMessageSize(LARGEST_READ)
        .addStreamTracerFactory(limits.tracers())
        // The last one sees a call first.
        .intercept(limits.interceptor())
        .intercept(door.interceptor())
        .intercept(new CallMeter(metrics))
        .intercept(new Gzip())
        .intercept(underWay)
        .intercept(new TraceContext())
        // Finds clients that are gone without a word, and lets clients find that out of the scorer.
        .keepAliveTime(LONGEST_SILENCE.toSeconds(), TimeUnit.SECONDS)
        .permitKeepAliveTime(SHORTEST_SILENCE.toSeconds(), TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addService(ReadableMessages.only(readmission))
        .addService(ReadableMessages.only(inference))
        .addService(ReadableMessages.only(new AdminEndpoint(swap, catalogue)))
        .addService(health.getHealthService())
        .build();
  }

  private Answering answering(PrometheusMeterRegistry metrics) {
    return new Answering(
        CONTRACT, swap, metrics, this::answered, Scorer::requestId, Clock.systemUTC());
  }

  private void answered(Answered answered) {
    if (predictionLog != null) {
      predictionLog.add(answered);
    }
    drift.seen(answered);
  }

  private static ExecutorService batchThreads() {
    int threads = Runtime.getRuntime().availableProcessors();
    return new ThreadPoolExecutor(
        threads,
        threads,
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(MOST_WAITING_BATCHES),
        task -> daemon(task, "alta-batch"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Unique, but no secret: cheap random numbers will do. */
  private static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private void start() {
    setHealth(ServingStatus.NOT_SERVING);
    // It needs no model: it is there to load one.
    health.setStatus(ModelAdminServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    try {
      server.start();
    } catch (IOException refused) {
      throw listen.taken("gRPC", refused);
    }
    if (predictionLog != null) {
      predictionLog.start();
    }
    swap.start();
    drift.start(DRIFT_EVERY);
    log.info("scorer listens on {}:{}, metrics on port {}", listen.host(), port(), metricsPort());
  }

  private void changed(Optional<LiveModel> model) {
    model.ifPresentOrElse(modelMeters::swapped, modelMeters::takenAway);
    setHealth(model.isPresent() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  private void setHealth(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(ReadmissionServiceGrpc.SERVICE_NAME, status);
    health.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, status);
  }

  /** The gRPC port, also where the settings left the choice to the system. */
  public int port() {
    return server.getPort();
  }

  /** The names of the gRPC services that it offers. */
  List<String> services() {
    return server.getImmutableServices().stream()
        .map(service -> service.getServiceDescriptor().getName())
        .toList();
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
    others.shutdownNow();
    catalogue.close();
    drift.close();
    if (predictionLog != null) {
      predictionLog.close();
    }
    metricsServer.close();
    door.close();
    log.info("scorer stopped");
  }

  private void stopServer() {
    try {
      server.shutdown();
      readmission.endStreams();
      int left = underWay.await(LONGEST_DRAIN);
      if (left > 0) {
        log.warn("{} calls still under way after {} are cut off", left, LONGEST_DRAIN);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      server.shutdownNow();
    }
  }
}
