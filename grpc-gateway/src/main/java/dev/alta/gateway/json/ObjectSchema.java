package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the schema of a JSON object together, field by field. A field that is not said to be
 * optional is always there.
 */
public final class ObjectSchema {
  private record Field(String name, String description, boolean optional, Schema schema) {}

  private final String name;
  private final List<Field> fields = new ArrayList<>();
  private boolean closed;

  private ObjectSchema(String name) {
    this.name = name;
  }

  /** One that is known by a name; an empty one is written out where it is used. */
  public static ObjectSchema named(String name) {
    return new ObjectSchema(name);
  }

  public ObjectSchema text(String field, String description) {
    return field(field, description, Schema.text());
  }

  public ObjectSchema number(String field, String description) {
    return field(field, description, type("number"));
  }

  public ObjectSchema whole(String field, String description) {
    return field(field, description, type("integer"));
  }

  public ObjectSchema flag(String field, String description) {
    return field(field, description, type("boolean"));
  }

  /** One of some words. */
  public ObjectSchema oneOf(String field, String description, List<String> words) {
    return field(
        field,
        description,
        inline(
            json -> {
              json.writeStringField("type", "string");
              json.writeArrayFieldStart("enum");
              for (String word : words) {
                json.writeString(word);
              }
              json.writeEndArray();
            }));
  }

  /** A text of limited length; of a pattern, where that is not empty. */
  public ObjectSchema text(String field, String description, int longest, String pattern) {
    return field(
        field,
        description,
        inline(
            json -> {
              json.writeStringField("type", "string");
              json.writeNumberField("maxLength", longest);
              if (!pattern.isEmpty()) {
                json.writeStringField("pattern", pattern);
              }
            }));
  }

  /** A number from 0 to 1. */
  public ObjectSchema share(String field, String description) {
    return field(
        field,
        description,
        inline(
            json -> {
              json.writeStringField("type", "number");
              json.writeNumberField("minimum", 0);
              json.writeNumberField("maximum", 1);
            }));
  }

  public ObjectSchema list(String field, String description, Schema item) {
    return field(field, description, Schema.listOf(item));
  }

  public ObjectSchema field(String field, String description, Schema schema) {
    fields.add(new Field(field, description, false, schema));
    return this;
  }

  /** The field added last may be absent. */
  public ObjectSchema optional() {
    Field last = fields.remove(fields.size() - 1);
    fields.add(new Field(last.name(), last.description(), true, last.schema()));
    return this;
  }

  /** Other fields are refused: for what is read. */
  public ObjectSchema closed() {
    closed = true;
    return this;
  }

  public Schema build() {
    List<Field> all = List.copyOf(fields);
    boolean noOthers = closed;
    return new Schema(
        name, all.stream().map(Field::schema).toList(), json -> write(json, all, noOthers));
  }

  private static void write(JsonGenerator json, List<Field> fields, boolean closed)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "object");
    json.writeArrayFieldStart("required");
    for (Field field : fields) {
      if (!field.optional()) {
        json.writeString(field.name());
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart("properties");
    for (Field field : fields) {
      json.writeFieldName(field.name());
      described(json, field);
    }
    json.writeEndObject();
    if (closed) {
      json.writeBooleanField("additionalProperties", false);
    }
    json.writeEndObject();
  }

  private static void described(JsonGenerator json, Field field) throws IOException {
    if (field.description().isEmpty()) {
      field.schema().write(json);
      return;
    }
    json.writeStartObject();
    json.writeStringField("description", field.description());
    json.writeArrayFieldStart("allOf");
    field.schema().write(json);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static Schema type(String type) {
    return inline(json -> json.writeStringField("type", type));
  }

  private static Schema inline(JsonText.Writing fields) {
    return new Schema(
        "",
        List.of(),
        json -> {
          json.writeStartObject();
          fields.to(json);
          json.writeEndObject();
        });
  }
}
