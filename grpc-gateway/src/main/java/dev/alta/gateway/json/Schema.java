package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a JSON value looks like, as JSON Schema 2020-12.
 *
 * @param name under which it is known and referred to; empty: it is written out where it is used
 * @param parts those it refers to
 * @param definition writes the schema itself
 */
public record Schema(String name, List<Schema> parts, JsonText.Writing definition) {
  private static final String COMPONENTS = "#/components/schemas/";

  public Schema {
    parts = List.copyOf(parts);
  }

  public static Schema named(String name, JsonText.Writing definition, Schema... parts) {
    return new Schema(name, List.of(parts), definition);
  }

  /** Any text. */
  public static Schema text() {
    return new Schema("", List.of(), json -> object(json, "type", "string"));
  }

  /** Anything at all, such as bytes. */
  public static Schema anything() {
    return new Schema(
        "",
        List.of(),
        json -> {
          json.writeStartObject();
          json.writeEndObject();
        });
  }

  /** Any JSON object. */
  public static Schema anyObject() {
    return new Schema("", List.of(), json -> object(json, "type", "object"));
  }

  /** A list of any length. */
  public static Schema listOf(Schema item) {
    return new Schema(
        "",
        List.of(item),
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "array");
          json.writeFieldName("items");
          item.write(json);
          json.writeEndObject();
        });
  }

  /** A list, from its shortest to its longest. */
  public static Schema listOf(Schema item, int fewest, int most) {
    return new Schema(
        "",
        List.of(item),
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "array");
          json.writeNumberField("minItems", fewest);
          json.writeNumberField("maxItems", most);
          json.writeFieldName("items");
          item.write(json);
          json.writeEndObject();
        });
  }

  /** One of several. */
  public static Schema anyOf(Schema... choices) {
    return new Schema(
        "",
        List.of(choices),
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("anyOf");
          for (Schema choice : choices) {
            choice.write(json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** Writes it where it is used: itself, or where to find it. */
  public void write(JsonGenerator json) throws IOException {
    if (name.isEmpty()) {
      definition.to(json);
    } else {
      object(json, "$ref", COMPONENTS + name);
    }
  }

  /** Gathers all that have names, itself and those it refers to. */
  public void gather(Map<String, Schema> named) {
    boolean known = !name.isEmpty() && named.putIfAbsent(name, this) != null;
    if (!known) {
      parts.forEach(part -> part.gather(named));
    }
  }

  private static void object(JsonGenerator json, String name, String value) throws IOException {
    json.writeStartObject();
    json.writeStringField(name, value);
    json.writeEndObject();
  }
}
