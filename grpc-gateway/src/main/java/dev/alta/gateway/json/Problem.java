package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alta.core.contract.Violation;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * What went wrong, in the form of RFC 9457 ({@code application/problem+json}).
 *
 * @param status HTTP status
 * @param type last part of the problem's name, such as {@code invalid-encounter}
 * @param title the same for every problem of the type
 * @param detail about this one, for the caller; never says how the server is made
 * @param violations every field that was refused, if the problem lies with the request's fields
 */
public record Problem(
    int status, String type, String title, String detail, List<Violation> violations) {
  public Problem {
    violations = List.copyOf(violations);
  }

  public static Problem of(int status, String type, String title, String detail) {
    return new Problem(status, type, title, detail, List.of());
  }

  /** A request some of whose parameters were refused. */
  public static Problem ofParameters(List<Violation> violations) {
    return new Problem(
        400,
        "invalid-parameters",
        "The parameters are not as expected",
        detail(violations, "parameters"),
        violations);
  }

  /** A body that is no JSON object. */
  public static Problem malformed(String detail) {
    return of(400, "malformed-body", "The body cannot be read", detail);
  }

  /** A request some of whose fields were refused. */
  public static Problem invalid(List<Violation> violations) {
    return new Problem(
        400,
        "invalid-encounter",
        "The request does not keep to the contract",
        detail(violations, "fields"),
        violations);
  }

  private static String detail(List<Violation> violations, String what) {
    return violations.size() == 1
        ? violations.get(0).message()
        : violations.size() + " " + what + " are not as expected; see violations";
  }

  public String json() {
    return JsonText.write(json -> write(json, OptionalInt.empty()));
  }

  /**
   * Writes it.
   *
   * @param index of the item that it is about, where that is one of a list
   */
  void write(JsonGenerator json, OptionalInt index) throws IOException {
    json.writeStartObject();
    if (index.isPresent()) {
      json.writeNumberField("index", index.getAsInt());
    }
    json.writeStringField("type", "urn:alta:problem:" + type);
    json.writeStringField("title", title);
    json.writeNumberField("status", status);
    json.writeStringField("detail", detail);
    json.writeArrayFieldStart("violations");
    for (Violation violation : violations) {
      json.writeStartObject();
      json.writeStringField("field", violation.field());
      json.writeStringField("value", violation.value());
      json.writeStringField("expected", violation.expected());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What a problem looks like in JSON. */
  public static Schema schema() {
    return schema("Problem").build();
  }

  /** The same with the text that clients of the Open Inference Protocol look for. */
  static Schema schemaWithError() {
    return schema("InferenceProblem").text("error", "all that is wrong, as one text").build();
  }

  /** The same for one that stands in a list in place of an answer. */
  static Schema itemSchema() {
    return schema("ItemProblem")
        .whole("index", "place of the encounter in the list, from 0 on")
        .build();
  }

  private static ObjectSchema schema(String name) {
    Schema violation =
        ObjectSchema.named("Violation")
            .text("field", "name of the field")
            .text("value", "what was found, cut to 100 characters; empty where nothing was")
            .text("expected", "what would have been accepted, in words")
            .build();
    return ObjectSchema.named(name)
        .text("type", "urn:alta:problem:… says which kind of problem it is")
        .text("title", "the same for every problem of the type")
        .whole("status", "HTTP status")
        .text("detail", "about this one, in words")
        .list("violations", "every field that was refused, all at once", violation);
  }
}
