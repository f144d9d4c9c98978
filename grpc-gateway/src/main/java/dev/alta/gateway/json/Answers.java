package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Explanation;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.Risk;
import dev.alta.proto.v1.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Answers of the scorer as JSON. Immutable. */
public final class Answers {
  private final List<String> classes;

  public Answers(Contract contract) {
    this.classes = contract.classes();
  }

  /** What becomes of one encounter of a list. */
  public sealed interface Outcome {
    record Predicted(PredictResponse answer) implements Outcome {}

    record Refused(Problem problem) implements Outcome {}
  }

  /** A prediction; the probabilities stand in the order of the contract's classes. */
  public byte[] prediction(PredictResponse answer) {
    return JsonText.bytes(
        json -> {
          json.writeStartObject();
          prediction(answer, json);
          json.writeEndObject();
        });
  }

  /** A prediction with its reasons. */
  public byte[] explanation(PredictResponse answer) {
    return JsonText.bytes(
        json -> {
          json.writeStartObject();
          prediction(answer, json);
          MessageJson.field(json, answer, "explanations");
          json.writeEndObject();
        });
  }

  /** A list of predictions and problems, in the order of the encounters. */
  public byte[] predictions(List<Outcome> outcomes) {
    return JsonText.bytes(
        json -> {
          json.writeStartArray();
          for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Predicted predicted) {
              json.writeStartObject();
              prediction(predicted.answer(), json);
              json.writeEndObject();
            } else {
              ((Outcome.Refused) outcomes.get(i)).problem().write(json, OptionalInt.of(i));
            }
          }
          json.writeEndArray();
        });
  }

  /** What {@link #prediction} looks like. */
  public Schema predictionSchema() {
    return prediction("Prediction").build();
  }

  /** What {@link #explanation} looks like. */
  public Schema explanationSchema() {
    return prediction("ExplainedPrediction")
        .list(
            "explanations",
            "for each class that was asked for, how it came by its margin",
            MessageSchema.of(Explanation.getDescriptor()))
        .build();
  }

  /** What {@link #predictions} looks like. */
  public Schema predictionsSchema() {
    return Schema.listOf(
        Schema.anyOf(predictionSchema(), Problem.itemSchema()), 1, EncounterReader.LONGEST_LIST);
  }

  private ObjectSchema prediction(String name) {
    ObjectSchema probabilities = ObjectSchema.named("Probabilities");
    classes.forEach(one -> probabilities.share(one, ""));
    return ObjectSchema.named(name)
        .oneOf("prediction", "the most probable class", classes)
        .field("probabilities", "of each class; they sum to 1", probabilities.build())
        .share("probability_readmitted", "of any class but the least urgent one")
        .share("probability_within_30_days", "of the most urgent class")
        .oneOf(
            "risk",
            "by probability_within_30_days, against thresholds kept with the model",
            List.of(Risk.LOW.name(), Risk.MEDIUM.name(), Risk.HIGH.name()))
        .number(
            "risk_percentile",
            "share of the model's validation rows, in percent, with a lower"
                + " probability_within_30_days")
        .text("model_alias", "the alias that the model was loaded by; empty where none")
        .text("model_version", "which model answered")
        .text("request_id", "as it was given, or made up");
  }

  private void prediction(PredictResponse answer, JsonGenerator json) throws IOException {
    json.writeStringField("prediction", answer.getPrediction());
    json.writeObjectFieldStart("probabilities");
    for (String name : classes) {
      json.writeNumberField(name, probability(answer.getProbabilitiesOrDefault(name, 0)));
    }
    json.writeEndObject();
    json.writeNumberField("probability_readmitted", probability(answer.getProbabilityReadmitted()));
    json.writeNumberField(
        "probability_within_30_days", probability(answer.getProbabilityWithin30Days()));
    json.writeStringField("risk", answer.getRisk().name());
    json.writeNumberField("risk_percentile", Math.round(answer.getRiskPercentile() * 100) / 100.0);
    json.writeStringField("model_alias", answer.getModelAlias());
    json.writeStringField("model_version", answer.getModelVersion());
    json.writeStringField("request_id", answer.getRequestId());
  }

  /** Seven digits are all that a float knows; those behind them would only look like more. */
  private static double probability(double value) {
    return Math.round(value * 1e7) / 1e7;
  }

  /** A model: its manifest beside alias, version, classes and size. */
  public byte[] model(GetModelResponse answer) {
    Manifest manifest = answer.getManifest();
    return JsonText.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("model_alias", answer.getAlias());
          json.writeStringField("model_version", manifest.getVersion());
          json.writeStringField("name", manifest.getName());
          json.writeStringField("created_at", manifest.getCreatedAt());
          json.writeStringField("run", manifest.getRun());
          MessageJson.field(json, answer, "classes");
          MessageJson.field(json, answer, "features");
          MessageJson.field(json, answer, "trees");
          MessageJson.given(json, manifest, "validation");
          MessageJson.given(json, manifest, "test");
          MessageJson.given(json, manifest, "baseline");
          MessageJson.given(json, manifest, "provenance");
          MessageJson.field(json, manifest, "objects");
          json.writeEndObject();
        });
  }

  /** What {@link #model} looks like. */
  public static Schema modelSchema() {
    Schema evaluation = MessageSchema.of(Evaluation.getDescriptor());
    return ObjectSchema.named("ModelDescription")
        .text("model_alias", "the alias that it was asked for by; empty where by its version")
        .text("model_version", "its number")
        .text("name", "of the model")
        .text("created_at", "RFC 3339, UTC")
        .text("run", "what it was searched for")
        .list("classes", "the target's values in the order of the figures", Schema.text())
        .whole("features", "how many numbers a row is encoded as")
        .whole("trees", "how many trees read them")
        .field("validation", "figures on its validation rows", evaluation)
        .optional()
        .field("test", "figures on its test rows", evaluation)
        .optional()
        .field("baseline", "what logistic regression reaches on the test rows", evaluation)
        .optional()
        .field("provenance", "what it was made from", MessageSchema.of(Provenance.getDescriptor()))
        .optional()
        .list(
            "objects",
            "the files kept with it; the card and the pictures can be asked for",
            MessageSchema.of(StoredObject.getDescriptor()))
        .build();
  }

  /** Any message of the scorer, under its own names. */
  public static byte[] message(Message answer) {
    return JsonText.bytes(json -> MessageJson.write(json, answer));
  }

  /** One object with these names and texts. */
  public static String object(List<String> namesAndTexts) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          for (int i = 0; i < namesAndTexts.size(); i += 2) {
            json.writeStringField(namesAndTexts.get(i), namesAndTexts.get(i + 1));
          }
          json.writeEndObject();
        });
  }
}
