package dev.alta.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.encoding.DecodingService;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.alta.core.admit.Doorkeeper;
import dev.alta.core.admit.Right;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.core.metrics.ProcessMetrics;
import dev.alta.gateway.admit.HttpDoor;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.gateway.page.Page;
import dev.alta.gateway.request.AccessLog;
import dev.alta.gateway.request.Origins;
import dev.alta.gateway.request.RequestIds;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.Channel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway. */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final long LARGEST_BODY = 1 << 20;
  private static final String DOCS_POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AT_FILES = Duration.ofSeconds(5);
  // Less fits into one packet anyway.
  private static final int SMALLEST_PACKED = 1_400;

  private final Server server;
  private final Listen listen;
  private final DataCalls data;
  private final Doorkeeper door;

  private Gateway(Server server, Listen listen, DataCalls data, Doorkeeper door) {
    this.server = server;
    this.listen = listen;
    this.data = data;
    this.door = door;
  }

  /**
   * Starts a gateway. It serves from the first moment; whether a prediction can be had, {@code
   * /ready} says.
   *
   * @param scorer a channel to the scorer; stays the caller's to close
   * @param data who knows of data and runs; empty: nobody, and the gateway says so
   * @param metrics what {@code /metrics} shows; the gateway adds its own
   * @throws dev.alta.core.life.CannotStartException if the port cannot be had, or is beyond this
   *     machine and not protected
   */
  public static Gateway start(
      GatewaySettings settings,
      Channel scorer,
      Optional<DataAndRuns> data,
      PrometheusMeterRegistry metrics,
      Contract contract) {
    settings.requireProtected();
    new ProcessMetrics().bindTo(metrics);
    DataCalls dataCalls = new DataCalls(data);
    Doorkeeper door = new Doorkeeper(settings.admit(), LOOK_AT_FILES);
    HttpDoor httpDoor = new HttpDoor(door);
    ServerBuilder server =
        Server.builder()
            .maxRequestLength(LARGEST_BODY)
            // The scorer's deadlines end a call; this one only ends what they cannot see.
            .requestTimeout(settings.loadDeadline().plusSeconds(5))
            .gracefulShutdownTimeout(Duration.ZERO, LONGEST_DRAIN)
            .annotatedService(new HttpApi(new ScorerCalls(settings, scorer), contract))
            // What stood in a rejected row is for administrators.
            .annotatedService(new DataApi(dataCalls, ctx -> httpDoor.allows(Right.ADMIN, ctx)))
            .service(forwarder(settings, scorer))
            .service("/metrics", new MetricsPage(metrics))
            .service("/metrics/", new MetricsPage(metrics))
            .serviceUnder("/docs", docs(TypicalEncounter.of(contract)).decorate(Gateway::stayHere))
            .errorHandler(new ProblemPages().orElse(ServerErrorHandler.ofDefault()));
    Page.addTo(server);
    httpDoor.listen(server, settings.http());
    passThrough(server, settings, httpDoor, metrics);
    Gateway gateway = new Gateway(server.build(), settings.http(), dataCalls, door);
    try {
      gateway.start();
    } catch (RuntimeException failed) {
      door.close();
      dataCalls.close();
      throw failed;
    }
    return gateway;
  }

  /** What every request passes through; the last one sees it first. */
  private static void passThrough(
      ServerBuilder server,
      GatewaySettings settings,
      HttpDoor door,
      PrometheusMeterRegistry metrics) {
    server.decorator(DecodingService.newDecorator());
    server.decorator(door);
    server.decorator(RequestIds::new);
    server.decorator(
        EncodingService.builder().minBytesToForceChunkedEncoding(SMALLEST_PACKED).newDecorator());
    if (!settings.origins().isEmpty()) {
      // Before the door: what browsers ask first has no token.
      server.decorator(Origins.allow(settings.origins()));
    }
    server.decorator(RequestMeter.newDecorator(metrics));
    if (settings.accessLog()) {
      server.accessLogWriter(new AccessLog(), true);
    }
  }

  private static GrpcService forwarder(GatewaySettings settings, Channel scorer) {
    return GrpcService.builder()
        .addService(new ScorerForwarder(settings, scorer))
        .addService(new AdminForwarder(settings, scorer))
        .enableUnframedRequests(true)
        .jsonMarshallerFactory(
            service ->
                GrpcJsonMarshaller.builder()
                    .jsonMarshallerCustomizer(json -> json.preservingProtoFieldNames(true))
                    .build(service))
        .build();
  }

  private static DocService docs(String encounter) {
    return DocService.builder()
        .exampleRequests(HttpApi.class, "predict", encounter)
        .exampleRequests(HttpApi.class, "loadModel", "{\"model\": \"champion\"}")
        .exampleRequests(
            ReadmissionServiceGrpc.SERVICE_NAME, "Predict", "{\"encounter\": " + encounter + "}")
        .exampleRequests(
            ReadmissionServiceGrpc.SERVICE_NAME,
            "PredictBatch",
            "{\"encounters\": [" + encounter + "]}")
        .build();
  }

  /** Keeps the docs from loading their fonts from another host. */
  private static HttpResponse stayHere(
      HttpService docs, ServiceRequestContext ctx, HttpRequest request) throws Exception {
    ctx.mutateAdditionalResponseHeaders(
        headers -> headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, DOCS_POLICY));
    return docs.serve(ctx, request);
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

  /** Takes no new requests, finishes those under way, within five seconds. */
  @Override
  public void close() {
    server.stop().join();
    data.close();
    door.close();
    log.info("gateway stopped");
  }
}
