package dev.alta.app.workflow;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.Optional;

/** A JSON object as it was kept: what came of a step, or the settings of a workflow. */
final class Outcome {
  private final Struct fields;

  private Outcome(Struct fields) {
    this.fields = fields;
  }

  static Outcome parse(String json) {
    Struct.Builder fields = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(json, fields);
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("workflow: " + json + " (expected: a JSON object)", damaged);
    }
    return new Outcome(fields.build());
  }

  String text(String name) {
    return require(name).getStringValue();
  }

  /** A text; empty where it is null or was not kept. */
  Optional<String> optionalText(String name) {
    Value value = fields.getFieldsOrDefault(name, Value.getDefaultInstance());
    return value.hasStringValue() ? Optional.of(value.getStringValue()) : Optional.empty();
  }

  double number(String name) {
    return require(name).getNumberValue();
  }

  /** A whole number of up to 53 bits. */
  long whole(String name) {
    return (long) number(name);
  }

  boolean flag(String name) {
    return require(name).getBoolValue();
  }

  List<Integer> numbers(String name) {
    return require(name).getListValue().getValuesList().stream()
        .map(value -> (int) value.getNumberValue())
        .toList();
  }

  private Value require(String name) {
    Value value = fields.getFieldsMap().get(name);
    if (value == null) {
      throw new IllegalStateException(
          "workflow: no " + name + " (expected: one of " + fields.getFieldsMap().keySet() + ")");
    }
    return value;
  }
}
