package dev.alta.gateway;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.call.Asked;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.Parameter;
import dev.alta.gateway.call.RequestBody;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.call.Result;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.MessageSchema;
import dev.alta.gateway.json.Schema;
import dev.alta.gateway.json.TextFields;
import dev.alta.gateway.json.TextFields.Field;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.RollBackRequest;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.proto.v1.SetAliasResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The calls about models. */
final class ModelCalls {
  private static final String GROUP = "Models";
  private static final String CHAMPION = "champion";
  private static final MediaType SVG = MediaType.parse("image/svg+xml");

  private static final Parameter MODEL =
      Parameter.path(
          "model",
          "A version, such as 3, or an alias, such as champion.",
          new Parameter.Text(
              Pattern.compile("[a-z][a-z0-9_-]{0,62}|[1-9][0-9]{0,8}"),
              "an alias such as champion, a version such as 3"),
          CHAMPION);
  private static final Parameter FIGURE =
      Parameter.path(
          "name",
          "A picture, such as roc.svg; the model's objects say which there are.",
          new Parameter.Text(
              Pattern.compile("[a-z][a-z0-9-]{0,62}\\.svg"), "a picture's name, such as roc.svg"),
          "roc.svg");

  private static final Field EXPECTED_VERSION =
      new Field(
          "expected_version", "the champion of now as you know it, such as 3", 9, false, true);
  private static final Field WHO = new Field("who", "a person or a program", 128, true, false);
  private static final Field REASON =
      new Field("reason", "why, in 1 to 2,000 characters", 2_000, true, false);
  private static final TextFields DECISION = new TextFields(List.of(WHO, REASON, EXPECTED_VERSION));
  private static final Schema DECISION_SCHEMA = DECISION.schema("DecisionRequest");
  private static final TextFields LOAD =
      new TextFields(
          List.of(
              new Field(
                  "model", "an alias such as champion, a version such as 3", 63, false, true)));
  private static final Map<String, String> WHY =
      Map.of("why", "{\"who\": \"Ada\", \"reason\": \"fewer false alarms on ward 3\"}");

  private final ScorerCalls scorer;
  private final Answers answers;

  ModelCalls(ScorerCalls scorer, Answers answers) {
    this.scorer = scorer;
    this.answers = answers;
  }

  List<Call> all() {
    return List.of(
        load(), info(), list(), model(), card(), figure(), profile(), promote(), rollBack());
  }

  private Call load() {
    return Call.post(
        "/load_model",
        Operation.of(
                "loadModel", GROUP, "Lets a version answer, or what an alias points to by now.")
            .reads(
                new RequestBody(
                    "Which one; nothing: what the scorer's alias points to.",
                    LOAD.schema("LoadModelRequest"),
                    false,
                    Map.of(CHAMPION, "{\"model\": \"champion\"}")))
            .answers("What answers now.", MessageSchema.of(LoadModelResponse.getDescriptor()))
            .asksScorer()
            .mayFail(404, 409),
        asked ->
            read(
                LOAD,
                asked,
                fields -> Forwarded.json(scorer.load(fields.text("model")), Answers::message)));
  }

  private Call info() {
    return Call.get(
        "/model-info",
        Operation.of(
                "modelInfo",
                GROUP,
                "The model that answers now: version, figures, and what it was made from.")
            .answers("The model.", Answers.modelSchema())
            .asksScorer(),
        asked -> Forwarded.json(scorer.model(""), answers::model));
  }

  private Call list() {
    return Call.get(
        "/models",
        Operation.of("listModels", GROUP, "The versions in the registry, newest first.")
            .with(
                Parameter.query(
                    "archived",
                    "Whether those that were archived are wanted, too.",
                    Parameter.OneOf.TRUE_OR_FALSE,
                    "false"))
            .answers("The versions.", MessageSchema.of(ListModelsResponse.getDescriptor()))
            .asksScorer(),
        asked -> Forwarded.json(scorer.models(asked.isTrue("archived")), Answers::message));
  }

  private Call model() {
    return Call.get(
        "/models/{model}",
        Operation.of("getModel", GROUP, "A version with all that is known of it.")
            .with(MODEL)
            .answers("The version.", Answers.modelSchema())
            .asksScorer()
            .mayFail(404, 409),
        asked -> Forwarded.json(scorer.model(asked.path("model")), answers::model));
  }

  private Call card() {
    return file(
        "/models/{model}/card",
        Operation.of(
                "getModelCard", GROUP, "What to know of a version before relying on it, as a page.")
            .with(MODEL)
            .answers(Result.text("The card.", MediaType.HTML_UTF_8)),
        MediaType.HTML_UTF_8,
        asked -> "card.html");
  }

  private Call figure() {
    return file(
        "/models/{model}/figures/{name}",
        Operation.of("getModelFigure", GROUP, "A picture of a version.")
            .with(MODEL)
            .with(FIGURE)
            .answers(Result.text("The picture.", SVG)),
        SVG,
        asked -> asked.path("name"));
  }

  private Call profile() {
    return file(
        "/models/{model}/profile",
        Operation.of(
                "getModelProfile",
                GROUP,
                "How the rows were distributed that a version learned from.")
            .with(MODEL)
            .answers("The profile.", Schema.anyObject()),
        MediaType.JSON,
        asked -> "profile.json");
  }

  private Call file(
      String path, Operation operation, MediaType type, Function<Asked, String> name) {
    return Call.get(
        path,
        operation.asksScorer().mayFail(404, 409),
        asked -> {
          CompletableFuture<GetModelFileResponse> file =
              scorer.file(
                  GetModelFileRequest.newBuilder()
                      .setModel(asked.path("model"))
                      .setName(name.apply(asked))
                      .build());
          return Forwarded.of(
              file, found -> MadeElsewhere.file(found.getContent().toByteArray(), type));
        });
  }

  private Call promote() {
    return Call.post(
        "/models/{model}/promote",
        decision(
                "promoteModel",
                "Makes a version champion, whatever the rule says; a decision that is kept for good.")
            .with(MODEL),
        asked ->
            read(
                DECISION,
                asked,
                fields -> {
                  SetAliasRequest.Builder request =
                      SetAliasRequest.newBuilder()
                          .setAlias(CHAMPION)
                          .setVersion(asked.path("model"))
                          .setWho(fields.text("who"))
                          .setReason(fields.text("reason"));
                  fields.given("expected_version").ifPresent(request::setExpectedVersion);
                  return Forwarded.json(scorer.setAlias(request.build()), Answers::message);
                }));
  }

  private Call rollBack() {
    return Call.post(
        "/models/rollback",
        decision(
            "rollBack",
            "Makes the previous champion champion again; a second call undoes the first."),
        asked ->
            read(
                DECISION,
                asked,
                fields -> {
                  RollBackRequest.Builder request =
                      RollBackRequest.newBuilder()
                          .setWho(fields.text("who"))
                          .setReason(fields.text("reason"));
                  fields.given("expected_version").ifPresent(request::setExpectedVersion);
                  return Forwarded.json(scorer.rollBack(request.build()), Answers::message);
                }));
  }

  private static Operation decision(String id, String summary) {
    return Operation.of(id, GROUP, summary)
        .reads(new RequestBody("Who decides, and why.", DECISION_SCHEMA, true, WHY))
        .answers("The decision.", MessageSchema.of(SetAliasResponse.getDescriptor()))
        .asksScorer()
        .mayFail(404, 409);
  }

  private static HttpResponse read(
      TextFields fields, Asked asked, Function<TextFields.Read.Fields, HttpResponse> then) {
    TextFields.Read read = fields.read(asked.body());
    return read instanceof TextFields.Read.Fields found
        ? then.apply(found)
        : Responses.problem(((TextFields.Read.Wrong) read).problem());
  }
}
