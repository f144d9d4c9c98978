package dev.alta.gateway;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Description;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.RowMessage;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.Body;
import dev.alta.gateway.json.ContractSchema;
import dev.alta.gateway.json.EncounterReader;
import dev.alta.gateway.json.LoadRequestReader;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.request.RequestIds;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictRequest;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The JSON calls. Public methods, since Armeria reads their annotations. */
final class HttpApi {
  private final ScorerCalls scorer;
  private final EncounterReader reader;
  private final Answers answers;
  private final String schema;

  HttpApi(ScorerCalls scorer, Contract contract) {
    this.scorer = scorer;
    this.reader = new EncounterReader(contract);
    this.answers = new Answers(contract);
    this.schema = ContractSchema.of(contract);
  }

  @Post
  @Path("/predict")
  @Path("/predict/")
  @Description(
      "How likely the patient of one encounter is to come back. The body is the encounter.")
  public CompletableFuture<HttpResponse> predict(
      ServiceRequestContext ctx, AggregatedHttpRequest request) {
    if (!Responses.isJson(request)) {
      return CompletableFuture.completedFuture(Responses.notJson());
    }
    Body body = reader.read(request.content().array());
    if (body instanceof Body.Accepted accepted) {
      return answer(scorer.predict(request(accepted, ctx)), answers::prediction);
    }
    return done(
        body instanceof Body.Refused refused
            ? Problem.invalid(refused.violations())
            : Problem.malformed(((Body.Malformed) body).detail()));
  }

  @Post
  @Path("/load_model")
  @Path("/load_model/")
  @Description("Loads a version or what an alias points to: {\"model\": \"champion\"}, or nothing.")
  public CompletableFuture<HttpResponse> loadModel(AggregatedHttpRequest request) {
    if (!request.content().isEmpty() && !Responses.isJson(request)) {
      return CompletableFuture.completedFuture(Responses.notJson());
    }
    LoadRequestReader.Read read = LoadRequestReader.read(request.content().array());
    return read instanceof LoadRequestReader.Read.Model model
        ? answer(scorer.load(model.model()), answers::loaded)
        : done(((LoadRequestReader.Read.Wrong) read).problem());
  }

  @Get
  @Path("/model-info")
  @Path("/model-info/")
  @Description("The model that answers now: version, figures, and what it was made from.")
  public CompletableFuture<HttpResponse> modelInfo() {
    return answer(scorer.model(), answers::model);
  }

  @Get
  @Path("/health")
  @Path("/health/")
  @Description("200 as long as this process serves.")
  public HttpResponse health() {
    return Responses.ok(Answers.object(List.of("status", "ok")));
  }

  @Get
  @Path("/ready")
  @Path("/ready/")
  @Description("200 when the scorer has a model that is warm; else 503 with the reason.")
  public CompletableFuture<HttpResponse> ready() {
    return scorer
        .serving()
        .thenApply(
            serving ->
                serving
                    ? Responses.ok(Answers.object(List.of("status", "ready")))
                    : Responses.problem(notReady("the scorer has no model loaded and warm yet")))
        .exceptionally(failure -> Responses.problem(notReady("the scorer cannot be reached")));
  }

  @Get
  @Path("/schema")
  @Path("/schema/")
  @Description("The body of /predict as JSON Schema, made from the contract.")
  public HttpResponse schema() {
    return HttpResponse.of(HttpStatus.OK, MediaType.parse("application/schema+json"), schema);
  }

  private static Problem notReady(String detail) {
    return Problem.of(503, "not-ready", "Not ready", detail);
  }

  private static PredictRequest request(Body.Accepted accepted, ServiceRequestContext ctx) {
    String id = accepted.requestId();
    return PredictRequest.newBuilder()
        .setEncounter(RowMessage.write(accepted.row(), Encounter.newBuilder()))
        .setRequestId(id.isEmpty() ? RequestIds.of(ctx) : id)
        .build();
  }

  private static <T> CompletableFuture<HttpResponse> answer(
      CompletableFuture<T> call, Function<T, String> json) {
    return call.thenApply(result -> Responses.ok(json.apply(result)))
        .exceptionally(HttpApi::failed);
  }

  private static HttpResponse failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StatusRuntimeException status) {
      return Responses.problem(ScorerProblem.of(status));
    }
    throw new CompletionException(cause);
  }

  private static CompletableFuture<HttpResponse> done(Problem problem) {
    return CompletableFuture.completedFuture(Responses.problem(problem));
  }
}
