package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Role;
import java.io.IOException;
import java.util.List;

/**
 * The body of a prediction request as JSON Schema 2020-12, made from the contract. It describes the
 * plain form, the one to write; the reader is more lenient about names and numbers in quotes.
 *
 * <p>Beside what JSON Schema knows, a column says under {@code x-…} what a form needs: its role,
 * section and unit; its values with their texts and their share of the encounters; the missing
 * marker; the mean; whether it is made from earlier encounters; values that are refused since such
 * an encounter is no case. The schema itself has {@code x-target}, what is predicted, from the
 * least to the most urgent outcome.
 */
public final class ContractSchema {
  private final Contract contract;

  private ContractSchema(Contract contract) {
    this.contract = contract;
  }

  public static String of(Contract contract) {
    ContractSchema schema = new ContractSchema(contract);
    return JsonText.write(schema::write);
  }

  /** The same as a part of a larger description, known by the message's name. */
  public static Schema named(Contract contract) {
    ContractSchema schema = new ContractSchema(contract);
    return Schema.named(
        contract.message().getName(),
        json -> {
          json.writeStartObject();
          schema.fields(json);
          json.writeEndObject();
        });
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
    json.writeStringField("$id", "urn:alta:contract:" + contract.name());
    fields(json);
    json.writeEndObject();
  }

  private void fields(JsonGenerator json) throws IOException {
    json.writeStringField("title", contract.message().getName());
    json.writeStringField("type", "object");
    json.writeBooleanField("additionalProperties", false);
    json.writeArrayFieldStart("required");
    for (Column column : contract.columns()) {
      if (column.requiredAt(Door.SCORE)) {
        json.writeString(column.name());
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart("properties");
    for (Column column : contract.columns()) {
      json.writeFieldName(column.name());
      column(json, column);
    }
    requestId(json);
    json.writeEndObject();
    json.writeObjectFieldStart("x-target");
    json.writeStringField("name", contract.target().name());
    json.writeStringField("label", contract.target().label());
    values(json, contract.target());
    json.writeEndObject();
  }

  private static void column(JsonGenerator json, Column column) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", column.label());
    json.writeStringField("description", column.expectation());
    json.writeStringField(
        "type",
        switch (column.type()) {
          case TEXT -> "string";
          case WHOLE -> "integer";
          case DECIMAL -> "number";
        });
    accepted(json, column);
    String fallback = column.defaultValue();
    if (fallback != null) {
      json.writeFieldName("default");
      value(json, column, fallback);
    }
    text(json, "x-role", column.role().name());
    text(json, "x-section", column.section());
    text(json, "x-unit", column.unit());
    text(
        json,
        "x-source-name",
        column.sourceName().equals(column.name()) ? "" : column.sourceName());
    text(
        json,
        "x-code-system",
        column.codeSystem() == CodeSystem.CODE_SYSTEM_UNSPECIFIED
            ? ""
            : column.codeSystem().name());
    String marker = column.missingMarker();
    text(json, "x-missing", marker == null ? "" : marker);
    json.writeBooleanField("x-open", column.open());
    json.writeBooleanField("x-history", column.history() != null);
    json.writeBooleanField("x-ordered", column.ordered());
    if (column.role() == Role.NUMBER && column.hasRange()) {
      json.writeNumberField("x-mean", column.mean());
    }
    values(json, column);
    excluded(json, column);
    json.writeEndObject();
  }

  /** The limits in JSON Schema's own words. */
  private static void accepted(JsonGenerator json, Column column) throws IOException {
    if (column.hasRange()) {
      number(json, "minimum", column.min());
      number(json, "maximum", column.max());
    }
    String marker = column.missingMarker();
    if (!column.open()) {
      json.writeArrayFieldStart("enum");
      for (Column.Value value : cases(column)) {
        value(json, column, value.value());
      }
      if (marker != null) {
        value(json, column, marker);
      }
      json.writeEndArray();
    } else if (column.type() == Column.Type.TEXT) {
      json.writeNumberField("minLength", 1);
      json.writeNumberField("maxLength", Intake.LONGEST_TEXT);
    }
  }

  private static void values(JsonGenerator json, Column column) throws IOException {
    if (column.values().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("x-values");
    for (Column.Value value : cases(column)) {
      json.writeStartObject();
      json.writeFieldName("value");
      value(json, column, value.value());
      json.writeStringField("text", value.label());
      if (!column.shares().isEmpty()) {
        json.writeNumberField("share", column.shares().get(column.position(value.value())));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void excluded(JsonGenerator json, Column column) throws IOException {
    List<Column.Value> excluded =
        column.values().stream().filter(value -> !value.excluded().isEmpty()).toList();
    if (excluded.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("x-excluded");
    for (Column.Value value : excluded) {
      json.writeStartObject();
      json.writeFieldName("value");
      value(json, column, value.value());
      json.writeStringField("text", value.label());
      json.writeStringField("reason", value.excluded());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static List<Column.Value> cases(Column column) {
    return column.values().stream().filter(value -> value.excluded().isEmpty()).toList();
  }

  /** A value of the contract's lists in the column's own JSON type. */
  static void value(JsonGenerator json, Column column, String value) throws IOException {
    switch (column.type()) {
      case TEXT -> json.writeString(value);
      case WHOLE -> json.writeNumber(Long.parseLong(value));
      case DECIMAL -> json.writeNumber(Double.parseDouble(value));
    }
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (value == Math.rint(value)) {
      json.writeNumberField(name, (long) value);
    } else {
      json.writeNumberField(name, value);
    }
  }

  private static void text(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  private static void requestId(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(EncounterFields.REQUEST_ID);
    json.writeStringField("title", "Request id");
    json.writeStringField("description", "comes back in the answer; no column");
    json.writeStringField("type", "string");
    json.writeNumberField("maxLength", EncounterFields.LONGEST_REQUEST_ID);
    json.writeEndObject();
  }
}
