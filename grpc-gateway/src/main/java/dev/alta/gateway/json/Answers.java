package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.LoadModelResponse;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.PredictResponse;
import java.io.IOException;
import java.util.List;

/** Answers of the scorer as JSON. Immutable. */
public final class Answers {
  private final List<String> classes;

  public Answers(Contract contract) {
    this.classes = contract.classes();
  }

  /** A prediction; the probabilities stand in the order of the contract's classes. */
  public String prediction(PredictResponse answer) {
    return JsonText.write(json -> prediction(answer, json));
  }

  private void prediction(PredictResponse answer, JsonGenerator json) throws IOException {
    json.writeStartObject();
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
    json.writeEndObject();
  }

  /** Seven digits are all that a float knows; those behind them would only look like more. */
  private static double probability(double value) {
    return Math.round(value * 1e7) / 1e7;
  }

  /** The model that answers now: its manifest beside alias, version, classes and size. */
  public String model(GetModelResponse answer) {
    Manifest manifest = answer.getManifest();
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("model_alias", answer.getAlias());
          json.writeStringField("model_version", manifest.getVersion());
          json.writeStringField("name", manifest.getName());
          json.writeStringField("created_at", manifest.getCreatedAt());
          MessageJson.field(json, answer, "classes");
          MessageJson.field(json, answer, "features");
          MessageJson.field(json, answer, "trees");
          MessageJson.field(json, manifest, "validation");
          MessageJson.field(json, manifest, "test");
          MessageJson.field(json, manifest, "provenance");
          MessageJson.field(json, manifest, "objects");
          json.writeEndObject();
        });
  }

  public String loaded(LoadModelResponse answer) {
    return JsonText.write(json -> MessageJson.write(json, answer));
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
