package dev.alta.gateway.call;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.MediaType;
import dev.alta.core.admit.Right;
import dev.alta.gateway.admit.PathRights;
import dev.alta.gateway.json.Schema;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Describes one call: who may, what it reads, what it answers. */
final class OpenApiOperation {
  /** The one way to say who calls. */
  static final String TOKEN = "token";

  private OpenApiOperation() {}

  static void write(JsonGenerator json, Call call) throws IOException {
    Operation operation = call.operation();
    json.writeStartObject();
    json.writeStringField("operationId", operation.id());
    json.writeArrayFieldStart("tags");
    json.writeString(operation.group());
    json.writeEndArray();
    json.writeStringField("summary", operation.summary());
    security(json, PathRights.of(call.method(), call.path()));
    if (!operation.parameters().isEmpty()) {
      json.writeArrayFieldStart("parameters");
      for (Parameter parameter : operation.parameters()) {
        parameter(json, parameter);
      }
      json.writeEndArray();
    }
    if (operation.body().isPresent()) {
      body(json, operation.body().get());
    }
    OpenApiResponses.write(json, call);
    json.writeEndObject();
  }

  private static void security(JsonGenerator json, Optional<Right> right) throws IOException {
    if (right.isEmpty()) {
      return;
    }
    json.writeStringField(
        "description",
        "Needs the right " + right.get().word() + ", where the gateway asks who calls.");
    json.writeArrayFieldStart("security");
    json.writeStartObject();
    json.writeArrayFieldStart(TOKEN);
    json.writeEndArray();
    json.writeEndObject();
    // On this machine alone, nobody asks.
    json.writeStartObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void parameter(JsonGenerator json, Parameter parameter) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", parameter.name());
    json.writeStringField("in", parameter.place().name().toLowerCase(Locale.ROOT));
    json.writeStringField("description", parameter.description());
    json.writeBooleanField("required", parameter.place() == Parameter.Place.PATH);
    json.writeObjectFieldStart("schema");
    if (parameter.repeated()) {
      json.writeStringField("type", "array");
      json.writeObjectFieldStart("items");
      parameter.kind().schema(json);
      json.writeEndObject();
    } else {
      parameter.kind().schema(json);
    }
    json.writeEndObject();
    if (!parameter.example().isEmpty()) {
      json.writeFieldName("example");
      if (parameter.kind() instanceof Parameter.Whole) {
        json.writeNumber(Integer.parseInt(parameter.example()));
      } else {
        json.writeString(parameter.example());
      }
    }
    json.writeEndObject();
  }

  private static void body(JsonGenerator json, RequestBody body) throws IOException {
    json.writeObjectFieldStart("requestBody");
    json.writeStringField("description", body.description());
    json.writeBooleanField("required", body.required());
    json.writeObjectFieldStart("content");
    json.writeObjectFieldStart(MediaType.JSON.toString());
    json.writeFieldName("schema");
    body.schema().write(json);
    json.writeObjectFieldStart("examples");
    for (Map.Entry<String, String> example : body.sorted().entrySet()) {
      json.writeObjectFieldStart(example.getKey());
      json.writeFieldName("value");
      json.writeRawValue(example.getValue());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
    if (body.orBytes()) {
      json.writeObjectFieldStart(MediaType.OCTET_STREAM.toString());
      json.writeFieldName("schema");
      Schema.anything().write(json);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
