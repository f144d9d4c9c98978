package dev.alta.gateway.call;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alta.gateway.json.JsonText;
import dev.alta.gateway.json.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Describes calls as OpenAPI 3.1. */
public final class OpenApi {
  private final List<Call> calls;

  private OpenApi(List<Call> calls) {
    this.calls = calls;
  }

  /** The description, as JSON. */
  public static byte[] of(List<Call> calls) {
    return JsonText.bytes(new OpenApi(List.copyOf(calls))::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("openapi", "3.1.0");
    json.writeObjectFieldStart("info");
    json.writeStringField("title", "Alta");
    json.writeStringField("version", "1");
    json.writeStringField(
        "description",
        "How likely a patient is to come back after discharge, and why. Every path is answered with"
            + " a slash at its end as well. What goes wrong is an application/problem+json with all"
            + " violations at once; under /v2, where the Open Inference Protocol is served, with"
            + " error as well, which says it in one text. Bodies may be gzip; answers are for those"
            + " who accept it.");
    json.writeEndObject();
    json.writeArrayFieldStart("servers");
    json.writeStartObject();
    json.writeStringField("url", "/");
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("paths");
    for (Map.Entry<String, List<Call>> path : paths().entrySet()) {
      json.writeObjectFieldStart(path.getKey());
      for (Call call : path.getValue()) {
        json.writeFieldName(call.method().name().toLowerCase(Locale.ROOT));
        OpenApiOperation.write(json, call);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    components(json);
    json.writeEndObject();
  }

  private Map<String, List<Call>> paths() {
    Map<String, List<Call>> paths = new LinkedHashMap<>();
    calls.forEach(call -> paths.computeIfAbsent(call.path(), path -> new ArrayList<>()).add(call));
    return paths;
  }

  private void components(JsonGenerator json) throws IOException {
    Map<String, Schema> schemas = new TreeMap<>();
    Map<String, JsonText.Writing> responses = new TreeMap<>();
    for (Call call : calls) {
      call.operation().body().ifPresent(body -> body.schema().gather(schemas));
      call.operation().results().forEach(result -> result.schema().gather(schemas));
      OpenApiResponses.problem(call).gather(schemas);
      OpenApiResponses.gather(call, responses);
    }
    json.writeObjectFieldStart("components");
    json.writeObjectFieldStart("schemas");
    for (Map.Entry<String, Schema> schema : schemas.entrySet()) {
      json.writeFieldName(schema.getKey());
      schema.getValue().definition().to(json);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("responses");
    for (Map.Entry<String, JsonText.Writing> response : responses.entrySet()) {
      json.writeFieldName(response.getKey());
      response.getValue().to(json);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("securitySchemes");
    json.writeObjectFieldStart(OpenApiOperation.TOKEN);
    json.writeStringField("type", "http");
    json.writeStringField("scheme", "bearer");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
