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
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.core.metrics.ProcessMetrics;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.gateway.page.Page;
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

  private final Server server;
  private final Listen listen;
  private final DataCalls data;

  private Gateway(Server server, Listen listen, DataCalls data) {
    this.server = server;
    this.listen = listen;
    this.data = data;
  }

  /**
   * Starts a gateway. It serves from the first moment; whether a prediction can be had, {@code
   * /ready} says.
   *
   * @param scorer a channel to the scorer; stays the caller's to close
   * @param data who knows of data and runs; empty: nobody, and the gateway says so
   * @param metrics what {@code /metrics} shows; the gateway adds its own
   * @throws dev.alta.core.life.CannotStartException if the port cannot be had, or is beyond this
   *     machine
   */
  public static Gateway start(
      GatewaySettings settings,
      Channel scorer,
      Optional<DataAndRuns> data,
      PrometheusMeterRegistry metrics,
      Contract contract) {
    new ProcessMetrics().bindTo(metrics);
    DataCalls dataCalls = new DataCalls(data);
    ServerBuilder server =
        Server.builder()
            .http(settings.http().requireLoopback().address())
            .maxRequestLength(LARGEST_BODY)
            // The scorer's deadlines end a call; this one only ends what they cannot see.
            .requestTimeout(settings.loadDeadline().plusSeconds(5))
            .gracefulShutdownTimeout(Duration.ZERO, LONGEST_DRAIN)
            .annotatedService(new HttpApi(new ScorerCalls(settings, scorer), contract))
            // On the loopback address everybody may see what stood in a rejected row.
            .annotatedService(new DataApi(dataCalls, ctx -> true))
            .service(forwarder(settings, scorer))
            .service("/metrics", new MetricsPage(metrics))
            .service("/metrics/", new MetricsPage(metrics))
            .serviceUnder("/docs", docs(TypicalEncounter.of(contract)).decorate(Gateway::stayHere))
            .decorator(RequestMeter.newDecorator(metrics))
            .errorHandler(new ProblemPages().orElse(ServerErrorHandler.ofDefault()));
    Page.addTo(server);
    Gateway gateway = new Gateway(server.build(), settings.http(), dataCalls);
    try {
      gateway.start();
    } catch (RuntimeException failed) {
      dataCalls.close();
      throw failed;
    }
    return gateway;
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
    return "http://" + listen.host() + ":" + port();
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
    log.info("gateway stopped");
  }
}
