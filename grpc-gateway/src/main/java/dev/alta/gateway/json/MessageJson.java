package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;

/**
 * Any message as JSON under the proto's own names. Unlike protobuf's JSON form, whole numbers are
 * numbers, not texts; all that we send fit into a double.
 */
final class MessageJson {
  private MessageJson() {}

  static void write(JsonGenerator json, Message message) throws IOException {
    json.writeStartObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (!field.hasPresence() || message.hasField(field)) {
        field(json, message, field);
      }
    }
    json.writeEndObject();
  }

  static void field(JsonGenerator json, Message message, String name) throws IOException {
    field(json, message, message.getDescriptorForType().findFieldByName(name));
  }

  /** The same, only where the message has it. */
  static void given(JsonGenerator json, Message message, String name) throws IOException {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    if (message.hasField(field)) {
      field(json, message, field);
    }
  }

  private static void field(JsonGenerator json, Message message, FieldDescriptor field)
      throws IOException {
    Object value = message.getField(field);
    json.writeFieldName(field.getName());
    if (field.isMapField()) {
      json.writeStartObject();
      for (Object entry : (List<?>) value) {
        json.writeFieldName(((MapEntry<?, ?>) entry).getKey().toString());
        value(json, ((MapEntry<?, ?>) entry).getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> values) {
      json.writeStartArray();
      for (Object item : values) {
        value(json, item);
      }
      json.writeEndArray();
    } else {
      value(json, value);
    }
  }

  /** JSON has no way to write a number that is none. */
  private static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Message message) {
      write(json, message);
    } else if (value instanceof EnumValueDescriptor constant) {
      json.writeString(constant.getName());
    } else if (value instanceof Double || value instanceof Float) {
      number(json, ((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString(value.toString());
    }
  }
}
