package dev.alta.gateway.call;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.admit.PathRights;
import dev.alta.gateway.json.JsonText;
import dev.alta.gateway.json.ProblemForm;
import dev.alta.gateway.json.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** Describes what calls answer. A problem that several calls have in common is described once. */
final class OpenApiResponses {
  private OpenApiResponses() {}

  static void write(JsonGenerator json, Call call) throws IOException {
    Map<Integer, List<Result>> results = results(call.operation());
    SortedSet<Integer> faults = faults(call);
    json.writeObjectFieldStart("responses");
    for (Map.Entry<Integer, List<Result>> status : results.entrySet()) {
      json.writeFieldName(Integer.toString(status.getKey()));
      boolean fault = faults.remove(status.getKey());
      response(json, call, HttpStatus.valueOf(status.getKey()), status.getValue(), fault);
    }
    for (int fault : faults) {
      json.writeObjectFieldStart(Integer.toString(fault));
      json.writeStringField("$ref", "#/components/responses/" + name(call, fault));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** What a problem with a call looks like. */
  static Schema problem(Call call) {
    return ProblemForm.schema(call.path());
  }

  /** Adds the problems that {@link #write} refers to, by their names. */
  static void gather(Call call, Map<String, JsonText.Writing> named) {
    for (int fault : faults(call)) {
      named.putIfAbsent(
          name(call, fault),
          json -> response(json, call, HttpStatus.valueOf(fault), List.of(), true));
    }
  }

  private static String name(Call call, int fault) {
    return problem(call).name() + fault;
  }

  /** Where a right is needed, an unknown caller is turned away as well. */
  private static SortedSet<Integer> faults(Call call) {
    return PathRights.of(call.method(), call.path()).isEmpty()
        ? call.operation().mayFail().faults()
        : call.operation().mayFail(401, 403).faults();
  }

  private static Map<Integer, List<Result>> results(Operation operation) {
    Map<Integer, List<Result>> results = new TreeMap<>();
    for (Result result : operation.results()) {
      results.computeIfAbsent(result.status(), status -> new ArrayList<>()).add(result);
    }
    return results;
  }

  /**
   * Everything with one status.
   *
   * @param fault whether it may be a problem, too
   */
  private static void response(
      JsonGenerator json, Call call, HttpStatus status, List<Result> results, boolean fault)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, Schema> content = new LinkedHashMap<>();
    for (Result result : results) {
      headers.putAll(result.headers());
      content.put(name(result.type()), result.schema());
    }
    if (fault) {
      content.put(name(Responses.PROBLEM), problem(call));
      if (Responses.saysWhenToTryAgain(status)) {
        headers.put("Retry-After", "Seconds after which to try again.");
      }
    }
    json.writeStartObject();
    json.writeStringField(
        "description", results.isEmpty() ? status.reasonPhrase() : results.get(0).description());
    headers(json, headers);
    json.writeObjectFieldStart("content");
    for (Map.Entry<String, Schema> type : content.entrySet()) {
      json.writeObjectFieldStart(type.getKey());
      json.writeFieldName("schema");
      type.getValue().write(json);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void headers(JsonGenerator json, Map<String, String> headers) throws IOException {
    if (headers.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      json.writeObjectFieldStart(header.getKey());
      json.writeStringField("description", header.getValue());
      json.writeObjectFieldStart("schema");
      json.writeStringField("type", "integer");
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static String name(MediaType type) {
    return type.withoutParameters().toString();
  }
}
