package dev.alta.pipelines.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.alta.core.contract.Contract;
import dev.alta.model.bundle.Reason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Answers as one JSON object a line. */
final class JsonLines implements RowText {
  private static final JsonFactory JSON = new JsonFactory();

  private final Contract contract;
  private final PinnedModel model;
  private final boolean withReasons;
  private final List<String> classes;

  JsonLines(Contract contract, PinnedModel model, boolean withReasons) {
    this.contract = contract;
    this.model = model;
    this.withReasons = withReasons;
    this.classes = contract.classes();
  }

  @Override
  public String header() {
    return "";
  }

  @Override
  public String row(Answer answer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      number(json, contract.key().name(), answer.key());
      number(json, contract.patient().name(), answer.patient());
      json.writeStringField("prediction", classes.get(answer.prediction().best()));
      json.writeObjectFieldStart("probabilities");
      for (int i = 0; i < classes.size(); i++) {
        json.writeNumberField(classes.get(i), answer.prediction().probabilities().get(i));
      }
      json.writeEndObject();
      json.writeNumberField("probability_readmitted", answer.prediction().probabilityReadmitted());
      json.writeNumberField(
          "probability_within_30_days", answer.prediction().probabilityMostUrgent());
      json.writeStringField("risk", answer.prediction().risk().name());
      json.writeNumberField("risk_percentile", answer.prediction().riskPercentile());
      if (withReasons) {
        reasons(json, answer.reasons());
      }
      json.writeStringField("model_name", model.name());
      json.writeStringField("model_alias", model.alias());
      json.writeStringField("model_version", Integer.toString(model.version()));
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.append('\n').toString();
  }

  private static void reasons(JsonGenerator json, List<Reason> reasons) throws IOException {
    json.writeArrayFieldStart("reasons");
    for (Reason reason : reasons) {
      json.writeStartObject();
      json.writeStringField("column", reason.name());
      json.writeStringField("value", reason.value());
      json.writeNumberField("contribution", reason.contribution());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Key and patient are whole numbers by contract. */
  private static void number(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeFieldName(name);
      json.writeNumber(value);
    }
  }
}
