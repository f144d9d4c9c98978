package dev.alta.gateway.oip;

import com.linecorp.armeria.common.HttpResponse;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.RequestBody;
import dev.alta.gateway.json.Schema;
import dev.alta.proto.inference.RepositoryIndexRequest;
import dev.alta.proto.inference.RepositoryModelLoadRequest;
import dev.alta.proto.inference.RepositoryModelUnloadRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The calls of the model repository extension, in Triton's shape. */
final class RepositoryCalls {
  private static final String MODEL_PATH = "/v2/repository/models/{model}";

  private final InferenceScorer scorer;

  RepositoryCalls(InferenceScorer scorer) {
    this.scorer = scorer;
  }

  List<Call> all() {
    return List.of(index(), load(), unload());
  }

  private Call index() {
    return Call.post(
        "/v2/repository/index",
        Operation.of("repositoryIndex", InferenceCalls.GROUP, "The versions in the registry.")
            .reads(
                new RequestBody(
                    "Which of them; nothing: all.",
                    InferenceSchemas.INDEX_REQUEST,
                    false,
                    Map.of("all", "{}", "answering", "{\"ready\": true}")))
            .answers("The versions.", InferenceSchemas.INDEX)
            .asksScorer(),
        asked ->
            understood(
                RepositoryBody.ofIndex(asked.body()),
                body ->
                    scorer.answer(
                        scorer
                            .soon()
                            .repositoryIndex(
                                RepositoryIndexRequest.newBuilder().setReady(body.ready()).build()),
                        index -> Json.ok(Descriptions.index(index)))));
  }

  private Call load() {
    return Call.post(
        MODEL_PATH + "/load",
        ofModel(
                "repositoryModelLoad",
                "Lets a version answer; it is tried out first, and the old one answers until then.",
                "Which version, as the parameter version; nothing: what the scorer's alias points to.",
                Map.of("alias", "{}"))
            .mayFail(409),
        asked ->
            understood(
                RepositoryBody.ofModel(asked.body()),
                body ->
                    scorer.answer(
                        scorer
                            .loading()
                            .repositoryModelLoad(
                                RepositoryModelLoadRequest.newBuilder()
                                    .setModelName(asked.path("model"))
                                    .putAllParameters(body.parameters())
                                    .build()),
                        loaded -> Json.ok(Descriptions.NOTHING))));
  }

  private Call unload() {
    return Call.post(
        MODEL_PATH + "/unload",
        ofModel(
            "repositoryModelUnload",
            "Takes the model away: nothing is predicted until one is loaded.",
            "Nothing, or the parameter unload_dependents, which changes nothing here.",
            Map.of("nothing", "{}")),
        asked ->
            understood(
                RepositoryBody.ofModel(asked.body()),
                body ->
                    scorer.answer(
                        scorer
                            .loading()
                            .repositoryModelUnload(
                                RepositoryModelUnloadRequest.newBuilder()
                                    .setModelName(asked.path("model"))
                                    .putAllParameters(body.parameters())
                                    .build()),
                        unloaded -> Json.ok(Descriptions.NOTHING))));
  }

  private static Operation ofModel(
      String id, String summary, String body, Map<String, String> examples) {
    return Operation.of(id, InferenceCalls.GROUP, summary)
        .with(InferenceCalls.MODEL)
        .reads(new RequestBody(body, InferenceSchemas.MODEL_REQUEST, false, examples))
        .answers("It is done.", Schema.anyObject())
        .asksScorer()
        .mayFail(404);
  }

  /** Goes on with a body that is as it should be; any other is answered with what is wrong. */
  private static HttpResponse understood(
      RepositoryBody.Read read, Function<RepositoryBody, HttpResponse> next) {
    return read instanceof RepositoryBody.Read.Understood understood
        ? next.apply(understood.body())
        : Json.problem(((RepositoryBody.Read.Wrong) read).problem());
  }
}
