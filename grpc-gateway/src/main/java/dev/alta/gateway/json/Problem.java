package dev.alta.gateway.json;

import dev.alta.core.contract.Violation;
import java.util.List;

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

  /** A request some of whose query parameters were refused. */
  public static Problem badQuery(List<Violation> violations) {
    return new Problem(
        400,
        "invalid-query",
        "The query parameters are not as expected",
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
    return JsonText.write(
        json -> {
          json.writeStartObject();
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
        });
  }
}
