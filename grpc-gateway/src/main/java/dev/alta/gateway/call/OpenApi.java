package dev.alta.gateway.call;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpStatus;
import dev.alta.core.admit.Right;
import dev.alta.gateway.admit.PathRights;
import dev.alta.gateway.json.JsonText;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Describes calls as OpenAPI 3.1. */
public final class OpenApi {
  private static final String PROBLEM = "Problem";
  private static final String TOKEN = "token";

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
            + " violations at once. Bodies may be gzip; answers are for those who accept it. Beside"
            + " these calls the Open Inference Protocol, version 2, is served under /v2.");
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
        operation(json, call);
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

  private static void operation(JsonGenerator json, Call call) throws IOException {
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
    json.writeObjectFieldStart("responses");
    for (Map.Entry<Integer, List<Result>> status : results(operation).entrySet()) {
      json.writeFieldName(Integer.toString(status.getKey()));
      results(json, status.getValue());
    }
    for (int fault : faults(call)) {
      json.writeObjectFieldStart(Integer.toString(fault));
      json.writeStringField("$ref", "#/components/responses/" + PROBLEM + fault);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Where a right is needed, an unknown caller is turned away as well. */
  private static SortedSet<Integer> faults(Call call) {
    return PathRights.of(call.method(), call.path()).isEmpty()
        ? call.operation().faults()
        : call.operation().mayFail(401, 403).faults();
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

  private static Map<Integer, List<Result>> results(Operation operation) {
    Map<Integer, List<Result>> results = new TreeMap<>();
    operation
        .results()
        .forEach(
            result ->
                results.computeIfAbsent(result.status(), status -> new ArrayList<>()).add(result));
    return results;
  }

  private static void parameter(JsonGenerator json, Parameter parameter) throws IOException {
    boolean inPath = parameter.place() == Parameter.Place.PATH;
    json.writeStartObject();
    json.writeStringField("name", parameter.name());
    json.writeStringField("in", inPath ? "path" : "query");
    json.writeStringField("description", parameter.description());
    json.writeBooleanField("required", inPath);
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
    json.writeObjectFieldStart("application/json");
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
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void results(JsonGenerator json, List<Result> results) throws IOException {
    json.writeStartObject();
    json.writeStringField("description", results.get(0).description());
    json.writeObjectFieldStart("content");
    for (Result result : results) {
      json.writeObjectFieldStart(result.type().withoutParameters().toString());
      json.writeFieldName("schema");
      result.schema().write(json);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void components(JsonGenerator json) throws IOException {
    Map<String, Schema> schemas = new TreeMap<>();
    TreeSet<Integer> faults = new TreeSet<>();
    Problem.schema().gather(schemas);
    for (Call call : calls) {
      call.operation().body().ifPresent(body -> body.schema().gather(schemas));
      call.operation().results().forEach(result -> result.schema().gather(schemas));
      faults.addAll(faults(call));
    }
    json.writeObjectFieldStart("components");
    json.writeObjectFieldStart("schemas");
    for (Map.Entry<String, Schema> schema : schemas.entrySet()) {
      json.writeFieldName(schema.getKey());
      schema.getValue().definition().to(json);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("responses");
    for (int fault : faults) {
      problem(json, fault);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("securitySchemes");
    json.writeObjectFieldStart(TOKEN);
    json.writeStringField("type", "http");
    json.writeStringField("scheme", "bearer");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void problem(JsonGenerator json, int fault) throws IOException {
    HttpStatus status = HttpStatus.valueOf(fault);
    json.writeObjectFieldStart(PROBLEM + fault);
    json.writeStringField("description", status.reasonPhrase());
    if (Responses.saysWhenToTryAgain(status)) {
      json.writeObjectFieldStart("headers");
      json.writeObjectFieldStart("Retry-After");
      json.writeStringField("description", "Seconds after which to try again.");
      json.writeObjectFieldStart("schema");
      json.writeStringField("type", "integer");
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeObjectFieldStart("content");
    json.writeObjectFieldStart("application/problem+json");
    json.writeFieldName("schema");
    Problem.schema().write(json);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
