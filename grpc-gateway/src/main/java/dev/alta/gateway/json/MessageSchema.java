package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.util.List;

/** The schema of what {@link MessageJson} writes of a message. */
public final class MessageSchema {
  private MessageSchema() {}

  /** Known by the message's own name. */
  public static Schema of(Descriptor message) {
    List<FieldDescriptor> fields = message.getFields();
    List<Schema> parts =
        fields.stream()
            .flatMap(field -> MessageSchema.within(field).stream())
            .distinct()
            .map(MessageSchema::of)
            .toList();
    return new Schema(message.getName(), parts, json -> write(json, fields));
  }

  /** A field's message, its own or that of its entries. */
  private static List<Descriptor> within(FieldDescriptor field) {
    FieldDescriptor value = field.isMapField() ? valueOf(field) : field;
    return value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? List.of(value.getMessageType())
        : List.of();
  }

  private static FieldDescriptor valueOf(FieldDescriptor map) {
    return map.getMessageType().findFieldByName("value");
  }

  private static void write(JsonGenerator json, List<FieldDescriptor> fields) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "object");
    json.writeArrayFieldStart("required");
    for (FieldDescriptor field : fields) {
      if (!field.hasPresence()) {
        json.writeString(field.getName());
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart("properties");
    for (FieldDescriptor field : fields) {
      json.writeFieldName(field.getName());
      field(json, field);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void field(JsonGenerator json, FieldDescriptor field) throws IOException {
    if (field.isMapField()) {
      json.writeStartObject();
      json.writeStringField("type", "object");
      json.writeFieldName("additionalProperties");
      value(json, valueOf(field));
      json.writeEndObject();
    } else if (field.isRepeated()) {
      json.writeStartObject();
      json.writeStringField("type", "array");
      json.writeFieldName("items");
      value(json, field);
      json.writeEndObject();
    } else {
      value(json, field);
    }
  }

  private static void value(JsonGenerator json, FieldDescriptor field) throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      of(field.getMessageType()).write(json);
      return;
    }
    json.writeStartObject();
    switch (field.getJavaType()) {
      case INT, LONG -> json.writeStringField("type", "integer");
      case FLOAT, DOUBLE -> {
        // Null where there is no such number.
        json.writeArrayFieldStart("type");
        json.writeString("number");
        json.writeString("null");
        json.writeEndArray();
      }
      case BOOLEAN -> json.writeStringField("type", "boolean");
      case ENUM -> {
        json.writeStringField("type", "string");
        json.writeArrayFieldStart("enum");
        for (EnumValueDescriptor constant : field.getEnumType().getValues()) {
          json.writeString(constant.getName());
        }
        json.writeEndArray();
      }
      default -> json.writeStringField("type", "string");
    }
    json.writeEndObject();
  }
}
