package dev.alta.scorer;

import dev.alta.core.admit.Doorkeeper;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.core.metrics.ProcessMetrics;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.admit.GrpcDoor;
import dev.alta.scorer.call.StraightCalls;
import dev.alta.scorer.limit.ConnectionThreads;
import dev.alta.scorer.limit.OpenCalls;
import dev.alta.scorer.log.Answered;
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
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running scorer. */
public final class Scorer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scorer.class);
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final Duration LOOK_AT_FILES = Duration.ofSeconds(5);
  private static final Duration GAP_OF_DRIFT = Duration.ofMillis(20);
  private static final Duration DRIFT_EVERY = Duration.ofSeconds(15);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);
  // Some three kilobytes each.
  private static final int MOST_CALLS = 20_000;

  private final Listen listen;
  private final MetricsServer metricsServer;
  private final Doorkeeper door;
  private final ServiceHealth health;
  private final RowThreads threads = new RowThreads();
  private final ConnectionThreads connections = new ConnectionThreads();
  private final ModelMeters modelMeters;
  private final @Nullable PredictionLog predictionLog;
  private final ModelSwap swap;
  private final DriftWatch drift;
  private final Catalogue catalogue;
  private final ReadmissionEndpoint readmission;
  private final OpenCalls openCalls = new OpenCalls(MOST_CALLS);
  private final Server server;
  private final String inProcessName = InProcessServerBuilder.generateName();
  private final Server inProcess;
  private final StraightCalls straight;

  private Scorer(
      ScorerSettings settings,
      Supplier<Registry> opening,
      @Nullable PredictionLog predictionLog,
      PrometheusMeterRegistry metrics,
      MetricsServer metricsServer,
      ServiceHealth health,
      Doorkeeper door) {
    this.listen = settings.grpc();
    this.door = door;
    this.health = health;
    this.metricsServer = metricsServer;
    this.modelMeters = new ModelMeters(metrics);
    this.predictionLog = predictionLog;
    Supplier<Registry> registry = new OpenRegistry(opening);
    Admission admission = new Admission(CONTRACT);
    this.swap =
        new ModelSwap(
            CONTRACT,
            settings.alias(),
            registry,
            ReadmissionEndpoint.warming(CONTRACT, admission),
            settings.watchEvery(),
            this::changed,
            modelMeters::refused);
    this.drift =
        new DriftWatch(
            CONTRACT,
            admission,
            () -> swap.current().map(LiveModel::manifest),
            new ModelProfiles(registry),
            GAP_OF_DRIFT,
            metrics);
    this.catalogue = new Catalogue(swap, registry, Clock.systemUTC(), System::nanoTime);
    Answering answering = answering(metrics);
    this.readmission =
        ReadmissionEndpoint.of(
            new ReadmissionEndpoint.Parts(
                CONTRACT,
                admission,
                answering,
                catalogue,
                metrics,
                threads.batches(),
                threads.reasons(),
                threads.streams()));
    InferenceEndpoint inference =
        InferenceEndpoint.of(
            new InferenceEndpoint.Parts(
                CONTRACT, admission, answering, swap, catalogue, threads.batches()));
    GrpcServer servers =
        new GrpcServer(
            settings,
            new GrpcDoor(door),
            metrics,
            Optional.ofNullable(predictionLog),
            openCalls,
            threads,
            connections);
    List<BindableService> services =
        List.of(readmission, inference, new AdminEndpoint(swap, catalogue));
    this.server = servers.listening(services, health.service());
    this.inProcess = servers.inProcess(inProcessName, services, health.service());
    this.straight = servers.straight(ReadmissionServiceGrpc.getPredictMethod(), readmission);
    GrpcDoor.requireRights(server.getImmutableServices());
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
    ServiceHealth health = new ServiceHealth();
    MetricsServer metricsServer =
        MetricsServer.start(settings.metrics(), metrics, door, health::serves);
    PredictionLog log;
    try {
      log = log(settings, sink, metrics);
    } catch (RuntimeException failure) {
      metricsServer.close();
      door.close();
      throw failure;
    }
    Scorer scorer = new Scorer(settings, registries, log, metrics, metricsServer, health, door);
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

  private Answering answering(PrometheusMeterRegistry metrics) {
    return new Answering(
        CONTRACT, swap::current, metrics, this::answered, Scorer::requestId, Clock.systemUTC());
  }

  private void answered(List<Answered> answered) {
    if (predictionLog != null) {
      predictionLog.add(answered);
    }
    drift.seen(answered);
  }

  /** Unique, but no secret: cheap random numbers will do. */
  private static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private void start() {
    health.starts();
    try {
      inProcess.start();
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
    health.answers(model.isPresent());
  }

  /**
   * Opens a channel to this scorer that does not leave the process: nobody is asked who they are.
   * It is its user's to close.
   */
  public ManagedChannel channel() {
    return InProcessChannelBuilder.forName(inProcessName)
        .directExecutor()
        .intercept(straight)
        .build();
  }

  /** The gRPC port, also where the settings left the choice to the system. */
  public int port() {
    return server.getPort();
  }

  /** The gRPC services that it offers. */
  List<ServerServiceDefinition> services() {
    return server.getImmutableServices();
  }

  public int metricsPort() {
    return metricsServer.port();
  }

  /**
   * Says NOT_SERVING, takes no new calls, finishes those under way, writes what waits for the
   * inference log. Takes four seconds at most, and what the log may take to close.
   */
  @Override
  public void close() {
    health.ends();
    swap.close();
    stopServer();
    connections.close();
    threads.close();
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
      straight.close();
      inProcess.shutdown();
      readmission.endStreams();
      int left = openCalls.await(LONGEST_DRAIN);
      if (left > 0) {
        log.warn("{} calls still under way after {} are cut off", left, LONGEST_DRAIN);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      server.shutdownNow();
      inProcess.shutdownNow();
    }
  }
}
