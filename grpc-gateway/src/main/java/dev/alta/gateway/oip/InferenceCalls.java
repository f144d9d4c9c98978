package dev.alta.gateway.oip;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.call.Asked;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.Parameter;
import dev.alta.gateway.call.RequestBody;
import dev.alta.gateway.call.Result;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.Schema;
import dev.alta.gateway.request.RequestIds;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelMetadataRequest;
import dev.alta.proto.inference.ModelReadyRequest;
import dev.alta.proto.inference.ServerMetadataRequest;
import dev.alta.proto.inference.ServerReadyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The protocol's calls, each one call of the scorer's service of the same protocol. */
public final class InferenceCalls {
  static final String GROUP = "Open Inference Protocol";

  /** What is not there is the scorer's to say: 404. */
  static final Parameter MODEL =
      Parameter.path("model", "The model's name.", name("the model's name"), "readmission");

  private static final Parameter VERSION =
      Parameter.path(
          "version",
          "Of the model that answers: its version, such as 3, or the alias that it was loaded by.",
          name("a version, such as 3, or an alias, such as champion"),
          "champion");

  // A batch of as many rows as the scorer takes, in JSON, which is longer than gRPC's form.
  private static final int LARGEST_BODY = 8 << 20;
  private static final String BYTES =
      "; as application/octet-stream JSON, behind which the elements of tensors stand as bytes, those"
          + " of one tensor behind those of the other: such a tensor has binary_data_size among its"
          + " parameters in place of data.";

  private static final Parameter JSON_LENGTH =
      Parameter.header(
          InferWriter.JSON_LENGTH,
          "How many bytes of the body are JSON; left out: all.",
          new Parameter.Whole(0, LARGEST_BODY));

  private static final Result ANSWER_WITH_BYTES =
      new Result(
          200,
          "",
          MediaType.OCTET_STREAM,
          Schema.anything(),
          Map.of(InferWriter.JSON_LENGTH, "How many bytes of the answer are JSON."));

  private final InferenceScorer scorer;
  private final String example;

  /**
   * Takes its parts.
   *
   * @param typical an encounter to try things with, as a JSON object of columns
   */
  public InferenceCalls(InferenceScorer scorer, String typical) {
    this.scorer = scorer;
    this.example = InferExample.of(typical);
  }

  private static Parameter.Text name(String expected) {
    return new Parameter.Text(Pattern.compile("[^/]{1,250}"), expected);
  }

  public List<Call> all() {
    List<Call> calls = new ArrayList<>(List.of(server(), live(), ready()));
    calls.addAll(ofModel("/v2/models/{model}", "model", "the model that answers", List.of(MODEL)));
    calls.addAll(
        ofModel(
            "/v2/models/{model}/versions/{version}",
            "modelVersion",
            "a version of it, if it is the one that answers",
            List.of(MODEL, VERSION)));
    calls.addAll(new RepositoryCalls(scorer).all());
    return calls;
  }

  private Call server() {
    return Call.get(
        "/v2",
        Operation.of("serverMetadata", GROUP, "What serves here, and which extensions it has.")
            .answers("The server.", InferenceSchemas.SERVER)
            .asksScorer(),
        asked ->
            scorer.answer(
                scorer.soon().serverMetadata(ServerMetadataRequest.getDefaultInstance()),
                server -> Json.ok(Descriptions.server(server))));
  }

  /** This process lives; whether the scorer does, the readiness says. */
  private static Call live() {
    return Call.get(
        "/v2/health/live",
        Operation.of("serverLive", GROUP, "200 as long as this process serves.")
            .answers("It serves.", InferenceSchemas.LIVE),
        asked -> Json.ok(Descriptions.state("live", true)));
  }

  private Call ready() {
    return Call.get(
        "/v2/health/ready",
        Operation.of("serverReady", GROUP, "200 when a model answers; else 503.")
            .answers("Whether one does.", InferenceSchemas.READY)
            .answers(notReady(InferenceSchemas.READY))
            .asksScorer(),
        asked ->
            scorer.answer(
                scorer.soon().serverReady(ServerReadyRequest.getDefaultInstance()),
                answer ->
                    Json.state(answer.getReady(), Descriptions.state("ready", answer.getReady()))));
  }

  private static Result notReady(Schema state) {
    return new Result(503, "None does, or the scorer is away.", MediaType.JSON, state);
  }

  private List<Call> ofModel(String path, String id, String which, List<Parameter> parameters) {
    return List.of(
        Call.get(
            path,
            of(id + "Metadata", "The tensors of " + which + ".", parameters)
                .answers("The model.", InferenceSchemas.MODEL),
            this::model),
        Call.get(
            path + "/ready",
            of(id + "Ready", "200 when it is ready: " + which + "; else 503.", parameters)
                .answers("Whether it is.", InferenceSchemas.MODEL_READY)
                .answers(notReady(InferenceSchemas.MODEL_READY)),
            this::modelReady),
        Call.post(
            path + "/infer",
            of(id + "Infer", "Predictions for rows of tensors, by " + which + ".", parameters)
                .with(JSON_LENGTH)
                .reads(
                    new RequestBody(
                        "As JSON, one tensor for each column, of as many elements as there are rows"
                            + BYTES,
                        InferenceSchemas.INFER_REQUEST,
                        true,
                        Map.of("one", example),
                        true,
                        LARGEST_BODY))
                .answers("A tensor for each output, as JSON" + BYTES, InferenceSchemas.INFER_ANSWER)
                .answers(ANSWER_WITH_BYTES),
            this::infer));
  }

  private static Operation of(String id, String summary, List<Parameter> parameters) {
    Operation operation = Operation.of(id, GROUP, summary).asksScorer().mayFail(404);
    for (Parameter parameter : parameters) {
      operation = operation.with(parameter);
    }
    return operation;
  }

  private HttpResponse model(Asked asked) {
    return scorer.answer(
        scorer
            .soon()
            .modelMetadata(
                ModelMetadataRequest.newBuilder()
                    .setName(asked.path("model"))
                    .setVersion(version(asked))
                    .build()),
        model -> Json.ok(Descriptions.model(model)));
  }

  private HttpResponse modelReady(Asked asked) {
    String name = asked.path("model");
    return scorer.answer(
        scorer
            .soon()
            .modelReady(
                ModelReadyRequest.newBuilder().setName(name).setVersion(version(asked)).build()),
        answer -> Json.state(answer.getReady(), Descriptions.modelState(name, answer.getReady())));
  }

  private HttpResponse infer(Asked asked) {
    byte[] body = asked.body();
    int jsonLength =
        asked.header(InferWriter.JSON_LENGTH).map(Integer::parseInt).orElse(body.length);
    if (jsonLength > body.length) {
      return Json.problem(
          Problem.malformed(
              InferWriter.JSON_LENGTH
                  + ": "
                  + jsonLength
                  + " (expected: 0 to "
                  + body.length
                  + ", how many bytes of the body are JSON)"));
    }
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(asked.path("model"))
            .setModelVersion(version(asked));
    InferBody read = new InferReader(body, jsonLength, request).read();
    if (read instanceof InferBody.Wrong wrong) {
      return Json.problem(wrong.problem());
    }
    InferBody.Understood readable = (InferBody.Understood) read;
    String id = readable.request().getId();
    ModelInferRequest named =
        id.isEmpty()
            ? readable.request().toBuilder().setId(RequestIds.of(asked.context())).build()
            : readable.request();
    return scorer.answer(
        scorer.soon().modelInfer(named),
        answer -> new InferWriter(answer, readable.outputs()).write(id));
  }

  /** Empty where the path names none: then the one that answers is meant. */
  private static String version(Asked asked) {
    String version = asked.context().pathParam("version");
    return version == null ? "" : version;
  }
}
