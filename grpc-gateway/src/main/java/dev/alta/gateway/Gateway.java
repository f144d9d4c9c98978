package dev.alta.gateway;

import com.linecorp.armeria.common.encoding.StreamDecoderFactory;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.encoding.DecodingService;
import dev.alta.core.admit.Doorkeeper;
import dev.alta.core.admit.Right;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.core.metrics.ProcessMetrics;
import dev.alta.gateway.admit.HttpDoor;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Calls;
import dev.alta.gateway.call.RequestBody;
import dev.alta.gateway.call.WholeBody;
import dev.alta.gateway.channel.FromCaller;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.gateway.docs.Docs;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.gateway.loadtest.LoadTestReports;
import dev.alta.gateway.oip.InferenceCalls;
import dev.alta.gateway.oip.InferenceScorer;
import dev.alta.gateway.page.Page;
import dev.alta.gateway.request.AccessLog;
import dev.alta.gateway.request.LastAnswers;
import dev.alta.gateway.request.Origins;
import dev.alta.gateway.request.Packing;
import dev.alta.gateway.request.RequestIds;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway. */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final int MOST_REQUESTS_OF_A_CONNECTION = 1_000;
  private static final int MOST_CONNECTIONS = 20_000;
  // Longer than proxies and clients keep a connection, who would else send into one that closes.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(75);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AT_FILES = Duration.ofSeconds(5);

  private final Server server;
  private final Listen listen;
  private final DataQuestions data;
  private final Doorkeeper door;
  private final LastAnswers lastAnswers;

  private Gateway(
      Server server, Listen listen, DataQuestions data, Doorkeeper door, LastAnswers lastAnswers) {
    this.server = server;
    this.listen = listen;
    this.data = data;
    this.door = door;
    this.lastAnswers = lastAnswers;
  }

  /**
   * Starts a gateway. It serves from the first moment; whether a prediction can be had, {@code
   * /ready} says.
   *
   * @param channel to the scorer; stays the caller's to close
   * @param data who knows of data and runs; empty: nobody, and the gateway says so
   * @param metrics what {@code /metrics} shows; the gateway adds its own
   * @throws dev.alta.core.life.CannotStartException if the port cannot be had, or is beyond this
   *     machine and not protected
   */
  public static Gateway start(
      GatewaySettings settings,
      Channel channel,
      Optional<DataAndRuns> data,
      PrometheusMeterRegistry metrics,
      Contract contract) {
    settings.requireProtected();
    Channel scorer = ClientInterceptors.intercept(channel, new FromCaller());
    new ProcessMetrics().bindTo(metrics);
    DataQuestions dataQuestions = new DataQuestions(data);
    Doorkeeper door = new Doorkeeper(settings.admit(), LOOK_AT_FILES);
    HttpDoor httpDoor = new HttpDoor(door);
    Calls calls = calls(settings, scorer, dataQuestions, httpDoor, metrics, contract);
    // The scorer's deadlines end a call; this one only ends what they cannot see.
    Duration answerDeadline = settings.loadDeadline().plusSeconds(5);
    ServerBuilder server =
        Server.builder()
            .maxRequestLength(RequestBody.USUALLY_LONGEST)
            .requestTimeout(answerDeadline)
            // Each has its answer in memory until it is read.
            .http2MaxStreamsPerConnection(MOST_REQUESTS_OF_A_CONNECTION)
            .maxNumConnections(MOST_CONNECTIONS)
            .idleTimeout(LONGEST_SILENCE)
            .gracefulShutdownTimeout(Duration.ZERO, LONGEST_DRAIN)
            // Names the library and its version to whoever asks.
            .disableServerHeader()
            .errorHandler(new ProblemPages(calls).orElse(ServerErrorHandler.ofDefault()));
    calls.addTo(server, new WholeBody(settings.bodyDeadline(), answerDeadline));
    Docs.addTo(server);
    new Page().addTo(server);
    httpDoor.listen(server, settings.http());
    passThrough(server, settings, httpDoor, metrics);
    LastAnswers lastAnswers = new LastAnswers();
    server.decorator(lastAnswers.decorator());
    Gateway gateway =
        new Gateway(server.build(), settings.http(), dataQuestions, door, lastAnswers);
    try {
      gateway.start();
    } catch (RuntimeException failed) {
      door.close();
      dataQuestions.close();
      throw failed;
    }
    return gateway;
  }

  /** Each call stands in one of the classes named here; whoever adds one adds it there. */
  private static Calls calls(
      GatewaySettings settings,
      Channel channel,
      DataQuestions data,
      HttpDoor door,
      PrometheusMeterRegistry metrics,
      Contract contract) {
    ScorerCalls scorer = new ScorerCalls(settings, channel);
    List<Call> calls = new ArrayList<>();
    calls.addAll(new PredictCalls(scorer, contract).all());
    calls.addAll(new ModelCalls(scorer, new Answers(contract)).all());
    // What stood in a rejected row is for administrators.
    calls.addAll(new DataCalls(data, context -> door.allows(Right.ADMIN, context)).all());
    calls.addAll(new LoadTestCalls(settings.loadTests().map(LoadTestReports::new)).all());
    calls.addAll(new ServiceCalls(scorer, contract, metrics).all());
    calls.addAll(
        new InferenceCalls(
                new InferenceScorer(
                    channel, settings.deadline(), settings.loadDeadline(), ScorerProblem::of),
                TypicalEncounter.of(contract))
            .all());
    return DescriptionCalls.describe(calls, new Page()::index);
  }

  /** What every request passes through; the last one sees it first. */
  private static void passThrough(
      ServerBuilder server,
      GatewaySettings settings,
      HttpDoor door,
      PrometheusMeterRegistry metrics) {
    server.decorator(DecodingService.newDecorator(StreamDecoderFactory.gzip()));
    server.decorator(door);
    server.decorator(RequestIds::new);
    server.decorator(Packing::new);
    if (!settings.origins().isEmpty()) {
      // Before the door: what browsers ask first has no token.
      server.decorator(Origins.allow(settings.origins()));
    }
    server.decorator(RequestMeter.newDecorator(metrics));
    if (settings.accessLog()) {
      server.accessLogWriter(new AccessLog(), true);
    }
  }

  private void start() {
    try {
      server.start().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof IOException refused) {
        throw listen.taken("HTTP", refused);
      }
      throw failure;
    }
    log.info("gateway listens on {}", url());
  }

  /** Where it is reached: {@code http://127.0.0.1:8080}. */
  public String url() {
    return (door.keyManager().isPresent() ? "https://" : "http://") + listen.host() + ":" + port();
  }

  /** The port it listens on, also where the settings left the choice to the system. */
  public int port() {
    return server.activeLocalPort();
  }

  /** The routes of every path that is answered. */
  List<Route> routes() {
    return server.config().serviceConfigs().stream().map(ServiceConfig::route).toList();
  }

  /**
   * Asks callers to end their connections, each with its next answer, and waits until they have, so
   * long at most. To be done before {@link #close} where others can answer: a connection that the
   * gateway closes by itself may just be written into.
   *
   * @throws InterruptedException if the thread is interrupted; then the connections stay
   */
  public void sayFarewell(Duration longest) throws InterruptedException {
    lastAnswers.give(server, longest);
  }

  /** Takes no new requests, finishes those under way, within five seconds. */
  @Override
  public void close() {
    server.stop().join();
    data.close();
    door.close();
    log.info("gateway stopped");
  }
}
