package dev.alta.gateway.oip;

import com.google.common.util.concurrent.ListenableFuture;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.RouteBuilder;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.gateway.call.WholeBody;
import dev.alta.gateway.channel.Answer;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.request.RequestIds;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelMetadataRequest;
import dev.alta.proto.inference.ModelReadyRequest;
import dev.alta.proto.inference.RepositoryIndexRequest;
import dev.alta.proto.inference.RepositoryModelLoadRequest;
import dev.alta.proto.inference.RepositoryModelUnloadRequest;
import dev.alta.proto.inference.ServerMetadataRequest;
import dev.alta.proto.inference.ServerReadyRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The protocol's paths, each one call of the scorer's service of the same protocol. */
public final class InferenceApi {
  // A batch of as many rows as the scorer takes, in JSON, which is longer than gRPC's form.
  private static final long LARGEST_BODY = 8 << 20;

  private static final Pattern POSTED =
      Pattern.compile("/v2/.*/(infer|index|load|unload)/?(\\?.*)?");

  private final GRPCInferenceServiceFutureStub scorer;
  private final WholeBody bodies;
  private final Duration deadline;
  private final Duration loadDeadline;
  private final Function<StatusRuntimeException, Problem> problems;

  /**
   * Takes its parts.
   *
   * @param problems what a failure of the scorer is to an HTTP caller
   */
  public InferenceApi(
      Channel scorer,
      WholeBody bodies,
      Duration deadline,
      Duration loadDeadline,
      Function<StatusRuntimeException, Problem> problems) {
    this.scorer = GRPCInferenceServiceGrpc.newFutureStub(scorer);
    this.bodies = bodies;
    this.deadline = deadline;
    this.loadDeadline = loadDeadline;
    this.problems = problems;
  }

  /** Answers a request whose body has come. */
  @FunctionalInterface
  private interface Handler {
    CompletableFuture<HttpResponse> answer(
        ServiceRequestContext ctx, AggregatedHttpRequest request);
  }

  /** Adds all paths, each with and without a slash at its end. */
  public void addTo(ServerBuilder server) {
    get(server, "/v2", this::server);
    get(server, "/v2/health/live", this::live);
    get(server, "/v2/health/ready", this::ready);
    for (String model : List.of("/v2/models/:model", "/v2/models/:model/versions/:version")) {
      get(server, model, this::model);
      get(server, model + "/ready", this::modelReady);
      post(server, model + "/infer", this::infer);
    }
    post(server, "/v2/repository/index", this::index);
    post(server, "/v2/repository/models/:model/load", this::load);
    post(server, "/v2/repository/models/:model/unload", this::unload);
  }

  /** Whether a path of the protocol is one that takes POST, and nothing else. */
  public static boolean takesPost(String path) {
    return POSTED.matcher(path).matches();
  }

  private void get(ServerBuilder server, String path, Handler handler) {
    add(server, Route.builder().methods(HttpMethod.GET, HttpMethod.HEAD), path, handler);
  }

  private void post(ServerBuilder server, String path, Handler handler) {
    add(server, Route.builder().methods(HttpMethod.POST), path, handler);
  }

  private void add(ServerBuilder server, RouteBuilder route, String path, Handler handler) {
    HttpService service = new Aggregating(handler);
    server.service(route.path(path).build(), service);
    server.service(route.path(path + "/").build(), service);
  }

  /** Waits for the body, and answers as a whole. */
  private final class Aggregating implements HttpService {
    private final Handler handler;

    Aggregating(Handler handler) {
      this.handler = handler;
    }

    @Override
    public ExchangeType exchangeType(RoutingContext context) {
      return ExchangeType.REQUEST_STREAMING;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
      ctx.setMaxRequestLength(LARGEST_BODY);
      return HttpResponse.of(
          bodies.read(
              ctx,
              request,
              whole ->
                  HttpResponse.of(
                      handler.answer(ctx, whole).exceptionally(InferenceApi.this::failed))));
    }
  }

  private HttpResponse failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StatusRuntimeException status) {
      return Json.problem(problems.apply(status));
    }
    throw new CompletionException(cause);
  }

  private CompletableFuture<HttpResponse> server(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    return call(soon().serverMetadata(ServerMetadataRequest.getDefaultInstance()))
        .thenApply(Descriptions::server)
        .thenApply(Json::ok);
  }

  /** This process lives; whether the scorer does, the readiness says. */
  private CompletableFuture<HttpResponse> live(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    return CompletableFuture.completedFuture(Json.ok(Descriptions.state("live", true)));
  }

  private CompletableFuture<HttpResponse> ready(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    return call(soon().serverReady(ServerReadyRequest.getDefaultInstance()))
        .thenApply(
            answer ->
                Json.state(answer.getReady(), Descriptions.state("ready", answer.getReady())));
  }

  private CompletableFuture<HttpResponse> model(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    return call(soon()
            .modelMetadata(
                ModelMetadataRequest.newBuilder()
                    .setName(name(ctx))
                    .setVersion(version(ctx))
                    .build()))
        .thenApply(Descriptions::model)
        .thenApply(Json::ok);
  }

  private CompletableFuture<HttpResponse> modelReady(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    String name = name(ctx);
    return call(soon()
            .modelReady(
                ModelReadyRequest.newBuilder().setName(name).setVersion(version(ctx)).build()))
        .thenApply(
            answer ->
                Json.state(answer.getReady(), Descriptions.modelState(name, answer.getReady())));
  }

  private CompletableFuture<HttpResponse> infer(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    byte[] body = request.content().array();
    String length = request.headers().get(InferWriter.JSON_LENGTH);
    if (length != null && !isLength(length, body.length)) {
      return done(
          Problem.malformed(
              "Inference-Header-Content-Length: "
                  + Json.cut(length)
                  + " (expected: 0 to "
                  + body.length
                  + ", how many bytes of the body are JSON)"));
    }
    InferBody read =
        new InferReader(
                body,
                length == null ? body.length : Integer.parseInt(length),
                ModelInferRequest.newBuilder()
                    .setModelName(name(ctx))
                    .setModelVersion(version(ctx)))
            .read();
    if (read instanceof InferBody.Wrong wrong) {
      return done(wrong.problem());
    }
    InferBody.Understood readable = (InferBody.Understood) read;
    String id = readable.request().getId();
    ModelInferRequest named =
        id.isEmpty()
            ? readable.request().toBuilder().setId(RequestIds.of(ctx)).build()
            : readable.request();
    return call(within(deadline).modelInfer(named))
        .thenApply(response -> new InferWriter(response, readable.outputs()).write(id));
  }

  private static boolean isLength(String text, int most) {
    return text.matches("\\d{1,9}") && Integer.parseInt(text) <= most;
  }

  private CompletableFuture<HttpResponse> index(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    return understood(
        RepositoryBody.ofIndex(request.content().array()),
        body ->
            call(soon()
                    .repositoryIndex(
                        RepositoryIndexRequest.newBuilder().setReady(body.ready()).build()))
                .thenApply(Descriptions::index)
                .thenApply(Json::ok));
  }

  private CompletableFuture<HttpResponse> load(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    return understood(
        RepositoryBody.ofModel(request.content().array()),
        body ->
            call(within(loadDeadline)
                    .repositoryModelLoad(
                        RepositoryModelLoadRequest.newBuilder()
                            .setModelName(name(ctx))
                            .putAllParameters(body.parameters())
                            .build()))
                .thenApply(loaded -> Json.ok(Json.NOTHING)));
  }

  private CompletableFuture<HttpResponse> unload(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    return understood(
        RepositoryBody.ofModel(request.content().array()),
        body ->
            call(within(loadDeadline)
                    .repositoryModelUnload(
                        RepositoryModelUnloadRequest.newBuilder()
                            .setModelName(name(ctx))
                            .putAllParameters(body.parameters())
                            .build()))
                .thenApply(unloaded -> Json.ok(Json.NOTHING)));
  }

  /** Goes on with a body that is as it should be; any other is answered with what is wrong. */
  private static CompletableFuture<HttpResponse> understood(
      RepositoryBody.Read read, Function<RepositoryBody, CompletableFuture<HttpResponse>> next) {
    return read instanceof RepositoryBody.Read.Understood understood
        ? next.apply(understood.body())
        : done(((RepositoryBody.Read.Wrong) read).problem());
  }

  private static String name(ServiceRequestContext ctx) {
    return String.valueOf(ctx.pathParam("model"));
  }

  private static String version(ServiceRequestContext ctx) {
    String version = ctx.pathParam("version");
    return version == null ? "" : version;
  }

  private GRPCInferenceServiceFutureStub soon() {
    return within(deadline);
  }

  private GRPCInferenceServiceFutureStub within(Duration longest) {
    return scorer.withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static <T> CompletableFuture<T> call(ListenableFuture<T> call) {
    return Answer.of(call);
  }

  private static CompletableFuture<HttpResponse> done(Problem problem) {
    return CompletableFuture.completedFuture(Json.problem(problem));
  }
}
